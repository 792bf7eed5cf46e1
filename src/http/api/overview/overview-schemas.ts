import { z } from 'zod'
import { listOf } from '../route-answers.ts'

const base = {
  clients: z.int(),
  active: z.int().describe('Of them, those who bought in the period.'),
  ltv: z.number().describe('What the active ones have ever bought for.'),
}

export const activeBaseSchema = z
  .object({
    days: z.int(),
    ...base,
    managers: listOf(z.object({ userId: z.int(), ...base })).describe('By who is responsible; the largest base first.'),
  })
  .meta({ id: 'ActiveBase', description: 'Clients with a purchase in a period, among all clients.' })

const sleepers = {
  clients: z.int(),
  ltv: z.number().describe('What they have bought for so far.'),
  nextPurchases: z.number().describe('What one more purchase of each would bring: the sum of their average checks.'),
}

export const sleepersSchema = z
  .object({
    within: listOf(z.object({ days: z.int(), ...sleepers })),
    byDay: listOf(z.object({ day: z.iso.date(), ...sleepers })).describe('Today first, in the account’s calendar.'),
  })
  .meta({ id: 'ComingSleepers', description: 'Who falls asleep soon if he does not buy, and what is at stake.' })
