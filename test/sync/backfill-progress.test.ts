import { describe, expect, it } from 'vitest'
import { BACKFILL_PHASES, type BackfillState, newBackfill } from '../../src/sync/backfill-state.ts'
import { progressOf } from '../../src/sync/queries/backfill-progress.ts'

const PHASES = BACKFILL_PHASES.contact
const AT = 1_790_000_000_000
const SECOND = 1000

const at = (seconds: number, part: Partial<BackfillState>) =>
  progressOf({ ...newBackfill('install', AT), since: { at: AT, done: 0 }, ...part }, PHASES, AT + seconds * SECOND)
const BEFORE = { ...newBackfill('weekly', AT), phase: 'done', deals: 3_000, clients: 1_000 } as const

describe('the progress of a backfill', () => {
  it('knows no totals before the first deals are read, and says so', () => {
    expect(at(10, { deals: 500 })).toMatchObject({ share: 0, totalDeals: null, perSecond: 50, secondsLeft: null })
    expect(at(10, {})).toMatchObject({ perSecond: null, secondsLeft: null })
  })

  it('expects as much as the reading before came to', () => {
    const state = { ...newBackfill('weekly', AT, BEFORE), since: { at: AT, done: 0 }, deals: 1_500 }
    // 1,500 deals more at 150 a second, and the clients at half of that.
    expect(progressOf(state, PHASES, AT + 10 * SECOND)).toMatchObject({
      ...{ totalDeals: 3_000, totalClients: 1_000, perSecond: 150, secondsLeft: Math.ceil(10 + 1_000 / 75) },
      share: 0.5 / PHASES.length,
    })
  })

  it('expects nothing by a reading that did not come to its end', () => {
    expect(newBackfill('weekly', AT, { ...BEFORE, phase: 'contacts' }).expected).toBeUndefined()
  })

  it('tells pace and time left of the clients while they are gone through', () => {
    const state = { phase: 'contacts', deals: 3_000, clients: 250, expected: { deals: 3_000, clients: 1_000 } } as const
    expect(at(5, state)).toMatchObject({
      totalClients: 1_000,
      perSecond: 50,
      secondsLeft: 15,
      share: 4.25 / PHASES.length,
    })
  })

  it('measures the pace from where the phase was taken up again', () => {
    const state = { phase: 'contacts', clients: 600, expected: { deals: 0, clients: 1_000 } } as const
    expect(at(10, { ...state, since: { at: AT, done: 500 } })).toMatchObject({ perSecond: 10, secondsLeft: 40 })
  })

  it('never falls short of what is done, when there is more than was expected', () => {
    const state = {
      phase: 'contacts',
      deals: 3_500,
      clients: 1_200,
      expected: { deals: 3_000, clients: 1_000 },
    } as const
    expect(at(10, state)).toMatchObject({
      totalDeals: 3_500,
      totalClients: 1_200,
      secondsLeft: 0,
      share: 5 / PHASES.length,
    })
  })

  it('is over when all is done', () => {
    expect(at(10, { phase: 'done', deals: 10, clients: 5, finishedAt: AT })).toMatchObject({ share: 1, secondsLeft: 0 })
  })

  it('is read from what an earlier version stored', () => {
    const {
      expected: _,
      since: __,
      ...stored
    } = { ...newBackfill('install', AT), deals: 250, phase: 'contacts' } as const
    expect(progressOf(stored, PHASES, AT)).toMatchObject({ totalClients: null, perSecond: null, secondsLeft: null })
  })
})
