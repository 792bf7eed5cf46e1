import { z } from 'zod'
import { LIST_SORTS, type ListQuery } from '../../../sync/queries/client-list.ts'
import { idParam } from '../route-answers.ts'

/** Which clients, and in what order: of the list and of its file. */
export const listQueryShape = {
  dimension: z
    .string()
    .max(80)
    .optional()
    .describe('`lifecycle`, `temperature`, `standing`, `tier`, or `rule:` and the id of a rule.'),
  segment: z.string().max(120).optional().describe('Of a rule `match`.'),
  sort: z.enum(LIST_SORTS).default('id'),
  order: z.enum(['asc', 'desc']).default('asc'),
  responsibleUserId: idParam.optional(),
  search: z.string().max(120).optional().describe('Words of the name in any order, or the id.'),
  sleepsWithinDays: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error: 'must be a number from 1 to 999' })
    .transform(Number)
    .optional()
    .describe('Only clients who fall asleep within so many days if they do not buy.'),
}

interface Asked {
  readonly dimension?: string | undefined
  readonly segment?: string | undefined
  readonly sort: ListQuery['sort']
  readonly responsibleUserId?: number | undefined
  readonly search?: string | undefined
  readonly sleepsWithinDays?: number | undefined
}

export const isWholeMember = ({ dimension, segment }: Pick<Asked, 'dimension' | 'segment'>): boolean =>
  (dimension === undefined) === (segment === undefined)

export const WHOLE_MEMBER = { error: 'dimension and segment come together', path: ['segment'] }

const DAY_S = 86_400

/** @param now seconds */
export const readListQuery = (asked: Asked, now: number): ListQuery => {
  const { dimension, segment, sort, responsibleUserId = null, search, sleepsWithinDays } = asked
  return {
    members: dimension === undefined || segment === undefined ? null : { dimension, segment },
    ...{ sort, responsibleUserId, search: search?.trim() || null },
    // To the minute, so that who asks again soon is given the same list.
    sleepsBefore: sleepsWithinDays === undefined ? null : Math.ceil(now / 60) * 60 + sleepsWithinDays * DAY_S,
  }
}
