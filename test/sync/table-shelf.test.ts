import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TableShelf } from '../../src/sync/queries/table-shelf.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A shelf whose tables are numbered, each taking so many milliseconds; `version` may be changed. */
const numbered = (takesMs: number, { version = 'a', size = 10 }: { version?: string | null; size?: number } = {}) => {
  const state = { version, made: 0 }
  const shelf = new TableShelf<number>({
    make: async () => {
      vi.advanceTimersByTime(takesMs)
      state.made += 1
      return state.made
    },
    version: async () => state.version,
    sizeOf: () => size,
    most: 250_000,
  })
  return { state, of: (accountId = 1) => shelf.of(accountId) }
}

describe('a shelf of tables', () => {
  it('makes a table once as long as nothing changes, and one for each account', async () => {
    const { of } = numbered(20)
    expect([await of(), await of(), await of(2), await of()]).toEqual([1, 1, 2, 1])
  })

  it('makes a small one anew as soon as anything changed, however long that takes', async () => {
    const { of, state } = numbered(900)
    await of()
    state.version = 'b'
    expect(await of()).toBe(2)
  })

  it('shows a large one as it last was until ten times of its making are over', async () => {
    const { of, state } = numbered(500, { size: 100_000 })
    await of()
    state.version = 'b'
    vi.advanceTimersByTime(4_900)
    expect(await of()).toBe(1)
    vi.advanceTimersByTime(200)
    expect(await of()).toBe(2)
  })

  it('always makes anew what has no version, and makes it once for all who wait', async () => {
    const { of } = numbered(20, { version: null })
    expect(await Promise.all([of(), of(), of()])).toEqual([1, 1, 1])
    expect(await of()).toBe(2)
  })

  it('shows a large one without a version for a while too', async () => {
    const { of } = numbered(500, { version: null, size: 100_000 })
    await of()
    vi.advanceTimersByTime(4_900)
    expect(await of()).toBe(1)
    vi.advanceTimersByTime(5_100)
    expect(await of()).toBe(2)
  })

  it('forgets what nobody asks for any more', async () => {
    const { of } = numbered(20)
    await of()
    vi.advanceTimersByTime(6 * 60_000)
    expect(await of()).toBe(2)
  })
})
