import { z } from 'zod'
import { type ApiProblem, problemSchema } from './api-problem.ts'

/** The answers of a route by status: its own ones, and the refusals every route may give. */
export const answers = <Own extends Readonly<Record<number, z.ZodType>>>(own: Own) => ({
  ...own,
  '4xx': problemSchema,
  503: problemSchema,
})

/** A list that the handler may give as it has it, unchangeable. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item) as unknown as z.ZodType<readonly z.output<Item>[]>

/** An id as it stands in an address. */
export const idParam = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, { error: 'must be a number' })
  .transform(Number)

export const accountParams = z.object({ accountId: idParam })

const MOST_MS = 8.64e15

/** An instant as the API tells it. */
export const instantSchema = z.iso.datetime().describe('ISO 8601, UTC.')

export const isoOfMs = (ms: number): string => new Date(Math.max(-MOST_MS, Math.min(MOST_MS, ms))).toISOString()

export const isoOf = (seconds: number): string => isoOfMs(seconds * 1000)

/** The same of what may be absent. */
export const isoOrNull = (seconds: number | null): string | null => (seconds === null ? null : isoOf(seconds))

/** Of a change to an account from which the integration was removed. */
export const ACCOUNT_REMOVED: ApiProblem = {
  status: 409,
  code: 'account_disconnected',
  title: 'Account removed',
  detail: 'The integration was removed from this account; install it again first.',
}
