import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDays } from '../../src/segmentation/rules/local-days.ts'
import { ZONES } from './arbitrary-account.ts'
import { dayOfNumber, localDay, localMidnight, numberOfDay } from './naive-local-day.ts'

const RUNS = 1_000
/** The end of 2099. */
const END = 4_102_444_800

describe.each(ZONES)('the days of %s', (timeZone) => {
  const days = localDays(timeZone)

  it('are those of the platform, at any instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: END }), (at) => {
        expect(days.dayOf(at)).toBe(numberOfDay(localDay(timeZone, at)))
      }),
      { numRuns: RUNS },
    )
  })

  it('begin and end at the very second, also in the weeks in which clocks change', () => {
    for (let day = numberOfDay('2025-02-01'); day < numberOfDay('2026-12-01'); day += 1) {
      const start = localMidnight(timeZone, dayOfNumber(day))
      expect([days.startOf(day), days.dayOf(start - 1), days.dayOf(start)]).toEqual([start, day - 1, day])
    }
  })
})
