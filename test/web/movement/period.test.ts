import { describe, expect, it } from 'vitest'
import {
  daysIn,
  periodQuery,
  periodText,
  readPeriod,
  stepFor,
  todayIn,
} from '../../../web/src/pages/movement/period.ts'

describe('a period in the address', () => {
  it.each(['7', '365', '2026-10-01.2026-10-31', '2026-10-01.2026-10-01'])('is read and written alike: %s', (text) => {
    expect(periodText(readPeriod(text))).toBe(text)
  })

  it.each([null, '', '8', '2026-10-31.2026-10-01', '2026-10-01', 'a.b'])('falls back to ninety days: %s', (text) => {
    expect(readPeriod(text)).toEqual({ type: 'last', days: 90 })
  })

  it('has steps that suit its length', () => {
    const stepOf = (text: string) => stepFor(readPeriod(text))
    expect(['7', '30', '90', '365'].map(stepOf)).toEqual(['day', 'day', 'week', 'month'])
    expect(stepOf('2026-01-01.2026-12-31')).toBe('month')
    expect(daysIn(readPeriod('2026-10-01.2026-10-31'))).toBe(31)
  })
})

describe('a period as the API takes it', () => {
  it('begins so many days ago, to the minute, and ends now', () => {
    const now = Date.parse('2026-11-21T10:20:30.400Z')
    expect(periodQuery(readPeriod('7'), 'UTC', now)).toEqual({ from: '2026-11-14T10:20:00.000Z' })
  })

  it.each([
    ['Europe/Moscow', '2026-10-01.2026-10-31', '2026-09-30T21:00:00.000Z', '2026-10-31T21:00:00.000Z'],
    ['UTC', '2026-10-01.2026-10-01', '2026-10-01T00:00:00.000Z', '2026-10-02T00:00:00.000Z'],
    // Clocks go forward on the 29th of March.
    ['Europe/Berlin', '2026-03-28.2026-03-30', '2026-03-27T23:00:00.000Z', '2026-03-30T22:00:00.000Z'],
    ['America/Sao_Paulo', '2026-12-31.2026-12-31', '2026-12-31T03:00:00.000Z', '2027-01-01T03:00:00.000Z'],
  ])('holds whole days of %s', (timeZone, text, from, to) => {
    expect(periodQuery(readPeriod(text), timeZone, 0)).toEqual({ from, to })
  })

  it('ends at the latest today, as the account has it', () => {
    expect(todayIn('Asia/Vladivostok', Date.parse('2026-11-21T20:00:00Z'))).toBe('2026-11-22')
  })
})
