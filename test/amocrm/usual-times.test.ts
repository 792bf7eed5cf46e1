import { describe, expect, it } from 'vitest'
import { UsualTimes } from '../../src/amocrm/usual-times.ts'

const LIST = 'GET /api/v4/leads'

describe('how long an exchange was held up', () => {
  it('is told against the fastest of its kind', () => {
    const usual = new UsualTimes()
    const delays = [180, 150, 400, 160].map((ms) => usual.delayOf(LIST, ms))
    expect(delays.slice(1)).toEqual([0, 250, 10])
  })

  it('is not known of the very first, which may all have been delay', () => {
    expect(new UsualTimes().delayOf(LIST, 180)).toBe(180)
  })

  it('is told of the first of its kind against the fastest of all', () => {
    const usual = new UsualTimes()
    for (const ms of [180, 150]) usual.delayOf(LIST, ms)
    expect(usual.delayOf('PATCH /api/v4/leads', 900)).toBe(750)
    expect(usual.delayOf('PATCH /api/v4/leads', 910)).toBe(10)
  })

  it('follows what is usual lately', () => {
    const usual = new UsualTimes()
    usual.delayOf(LIST, 100)
    for (let count = 0; count < 32; count += 1) usual.delayOf(LIST, 500)
    expect(usual.delayOf(LIST, 520)).toBe(20)
  })
})
