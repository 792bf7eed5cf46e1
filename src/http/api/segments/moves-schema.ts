import { z } from 'zod'
import { instantSchema, listOf } from '../route-answers.ts'

export const movesSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  moves: listOf(
    z.object({
      from: z.string().nullable(),
      to: z.string().nullable(),
      count: z.int(),
      ltv: z.number().describe('What these clients had bought for until then.'),
    }),
  ),
  isWhole: z.boolean().describe('Whether the record reaches back to the beginning of the period.'),
})
