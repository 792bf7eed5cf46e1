import { describe, expect, it } from 'vitest'
import { UsualTimes } from '../../src/amocrm/usual-times.ts'

const LIST = 'GET /api/v4/leads'

describe('how long an exchange was held up', () => {
  it('is told against the fastest of its kind', () => {
    const usual = new UsualTimes()
    const delays = [180, 150, 400, 160].map((ms) => usual.delayOf(LIST, ms))
    expect(delays).toEqual([0, 0, 250, 10])
    expect(usual.delayOf('PATCH /api/v4/leads', 900)).toBe(0)
  })

  it('follows what is usual lately', () => {
    const usual = new UsualTimes()
    usual.delayOf(LIST, 100)
    for (let count = 0; count < 32; count += 1) usual.delayOf(LIST, 500)
    expect(usual.delayOf(LIST, 520)).toBe(20)
  })
})
