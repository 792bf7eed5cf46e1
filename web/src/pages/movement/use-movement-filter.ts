import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { useAccount } from '../../api/account.ts'
import { type Period, periodQuery, periodText, readPeriod } from './period.ts'

/** What the page is about; it stands in the address, so that a view can be sent to somebody. */
export interface MovementFilter {
  readonly period: Period
  readonly manager: string
  readonly pipeline: string
  readonly source: string
  /** The same as the API takes it. */
  readonly deals: Readonly<Record<'responsibleUserId' | 'pipelineId' | 'source', string | null>>
  readonly span: { readonly from?: string; readonly to?: string }
  set(name: 'manager' | 'pipeline' | 'source', value: string): void
  setPeriod(period: Period): void
  /** Back to all deals of the usual period. */
  clear(): void
}

/** How long "now" stands still, so that one view asks for one period, ms. */
const NOW_STEP_MS = 60_000

export const useMovementFilter = (): MovementFilter => {
  const [search, setSearch] = useSearchParams()
  const { timeZone } = useAccount().structure
  const text = search.get('period')
  const [manager, pipeline, source] = ['manager', 'pipeline', 'source'].map((name) => search.get(name) ?? '')
  const minute = Math.floor(Date.now() / NOW_STEP_MS)
  return useMemo(() => {
    const put = (name: string, value: string) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          if (value === '') after.delete(name)
          else after.set(name, value)
          return after
        },
        { replace: true },
      )
    const period = readPeriod(text)
    return {
      ...{ period, manager: manager ?? '', pipeline: pipeline ?? '', source: source ?? '' },
      deals: { responsibleUserId: manager || null, pipelineId: pipeline || null, source: source || null },
      span: periodQuery(period, timeZone, minute * NOW_STEP_MS),
      set: put,
      setPeriod: (next) => put('period', periodText(next)),
      clear: () =>
        setSearch(
          (before) => {
            const after = new URLSearchParams(before)
            for (const name of ['period', 'manager', 'pipeline', 'source']) after.delete(name)
            return after
          },
          { replace: true },
        ),
    }
  }, [text, manager, pipeline, source, timeZone, minute, setSearch])
}
