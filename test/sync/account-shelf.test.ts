import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AccountShelf } from '../../src/sync/queries/account-shelf.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const MINUTE = 60_000

/** A shelf of numbers, each as large as it says. */
const shelfFor = (most: number) => new AccountShelf<number>({ sizeOf: (item) => item, most })

describe('a shelf of accounts', () => {
  it('keeps the last thing of each account', () => {
    const shelf = shelfFor(100)
    shelf.put(1, 10)
    shelf.put(2, 20)
    shelf.put(1, 30)
    expect([shelf.get(1), shelf.get(2), shelf.get(3), shelf.size]).toEqual([30, 20, undefined, 50])
  })

  it('makes room by what was asked for longest ago', () => {
    const shelf = shelfFor(30)
    for (const account of [1, 2, 3]) shelf.put(account, 10)
    shelf.get(1)
    shelf.put(4, 20)
    expect([1, 2, 3, 4].map((account) => shelf.get(account))).toEqual([10, undefined, undefined, 20])
  })

  it('keeps the last one however large it is', () => {
    const shelf = shelfFor(30)
    shelf.put(1, 10)
    shelf.put(2, 50)
    expect([shelf.get(1), shelf.get(2)]).toEqual([undefined, 50])
  })

  it('forgets what nobody asks for any more, and nothing else', () => {
    const shelf = shelfFor(100)
    shelf.put(1, 10)
    shelf.put(2, 20)
    vi.advanceTimersByTime(4 * MINUTE)
    shelf.get(1)
    vi.advanceTimersByTime(4 * MINUTE)
    expect([shelf.size, shelf.get(1), shelf.get(2)]).toEqual([10, 10, undefined])
  })
})
