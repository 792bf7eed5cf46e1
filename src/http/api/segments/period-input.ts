import { z } from 'zod'
import type { Office } from '../../../sync/queries/office.ts'
import type { ApiProblem } from '../api-problem.ts'

const DAY = 86_400
const USUAL_DAYS = 30

const instantInput = z.iso.datetime({ offset: true })

/** A period as it stands in an address. */
export const periodInput = {
  from: instantInput.optional().describe(`${USUAL_DAYS} days before its end when left out.`),
  to: instantInput.optional().describe('Exclusive; now when left out.'),
}

export const badPeriod = (mostDays: number): ApiProblem => ({
  status: 422,
  code: 'period_malformed',
  title: 'Bad period',
  detail: `A period begins before it ends and has at most ${mostDays} days.`,
})

const secondsOf = (iso: string) => Math.floor(Date.parse(iso) / 1000)

/** The period in seconds, `to` exclusive; null: it ends before it begins, or is too long. */
export const readPeriod = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  { clock }: Pick<Office, 'clock'>,
  mostDays: number,
): { readonly from: number; readonly to: number } | null => {
  // The second that is under way belongs to it too.
  const end = to === undefined ? Math.floor(clock() / 1000) + 1 : secondsOf(to)
  const begin = from === undefined ? end - USUAL_DAYS * DAY : secondsOf(from)
  return begin >= end || end - begin > mostDays * DAY ? null : { from: begin, to: end }
}
