import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Keys } from '../../src/store/keys.ts'
import { SegmentDays } from '../../src/store/segment-days.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let days: SegmentDays

beforeAll(async () => {
  test = await connectTestRedis()
  days = new SegmentDays(test.redis, new Keys(test.root))
})
afterAll(() => test.close())

describe('the counts by day', () => {
  it('are those written last on each day; days without any are left out', async () => {
    await days.write(1, '2026-11-20', { 'lifecycle:new': 5 })
    await days.write(1, '2026-11-21', { 'lifecycle:new': 7 })
    await days.write(1, '2026-11-21', { 'lifecycle:new': 6 })
    expect(await days.read(1, ['2026-11-19', '2026-11-20', '2026-11-21'])).toEqual([
      { day: '2026-11-20', counts: { 'lifecycle:new': 5 } },
      { day: '2026-11-21', counts: { 'lifecycle:new': 6 } },
    ])
    expect([await days.read(1, []), await days.read(2, ['2026-11-20'])]).toEqual([[], []])
  })

  it('are kept for about three years', async () => {
    const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10)
    for (let index = 0; index < 1_102; index++) await days.write(3, day(index), {})
    const kept = await days.read(3, [0, 1, 2, 1_101].map(day))
    expect(kept.map((one) => one.day)).toEqual([day(2), day(1_101)])
  })
})
