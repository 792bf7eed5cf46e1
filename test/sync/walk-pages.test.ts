import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/amocrm/amo-api.ts'
import { walkPages } from '../../src/sync/walk-pages.ts'
import { type Deferred, deferred } from '../support/deferred.ts'

/** A list whose pages are answered when the test says so. */
function slowList(length: number) {
  const asked = new Map<number, Deferred<Page<string>>>()
  const fetch = (page: number): Promise<Page<string>> => {
    const answer = deferred<Page<string>>()
    asked.set(page, answer)
    return answer.promise
  }
  const answer = (page: number) =>
    asked.get(page)?.resolve({ items: page <= length ? [`p${page}`] : [], hasNext: page < length })
  return { asked, fetch, answer }
}

/** A list that answers at once. */
function list(pages: readonly (readonly string[])[]) {
  const asked: number[] = []
  const fetch = async (page: number): Promise<Page<string>> => {
    asked.push(page)
    return { items: pages[page - 1] ?? [], hasNext: page < pages.length }
  }
  return { asked, fetch }
}

const never = new AbortController().signal

async function walk(pages: readonly (readonly string[])[], from = 1) {
  const { asked, fetch } = list(pages)
  const seen: [number, readonly string[]][] = []
  const isWhole = await walkPages({
    from,
    signal: never,
    fetch,
    onPage: async (items, page) => void seen.push([page, items]),
  })
  return { asked, seen, isWhole }
}

describe('a walk over pages', () => {
  it('gives every page in order', async () => {
    const { seen, isWhole } = await walk([['a'], ['b'], ['c'], ['d'], ['e'], ['f']])
    expect(seen.map(([page]) => page)).toEqual([1, 2, 3, 4, 5, 6])
    expect(seen.flatMap(([, items]) => items).join('')).toBe('abcdef')
    expect(isWhole).toBe(true)
  })

  it('goes on where it stopped', async () => {
    expect((await walk([['a'], ['b'], ['c']], 3)).seen).toEqual([[3, ['c']]])
    expect(await walk([['a']], 2)).toMatchObject({ seen: [], isWhole: true })
  })

  it('passes over empty pages and ends on an empty list', async () => {
    expect((await walk([['a'], [], ['c']])).seen).toEqual([
      [1, ['a']],
      [3, ['c']],
    ])
    expect(await walk([])).toMatchObject({ seen: [], isWhole: true, asked: [1] })
  })

  it('asks for one page of a list of one', async () => {
    expect((await walk([['a']])).asked).toEqual([1])
  })

  it.each([2, 3, 4, 10])('asks for no more than its look-ahead beyond the end of %i pages', async (length) => {
    const { asked } = await walk(Array.from({ length }, () => ['x']))
    expect(asked.slice(0, length)).toEqual(Array.from({ length }, (_, index) => index + 1))
    expect(asked.length).toBeLessThanOrEqual(length + 3)
  })

  it('has several pages in flight, and takes them in order even when they are answered in another', async () => {
    const { asked, fetch, answer } = slowList(4)
    const seen: number[] = []
    const first = deferred()
    const walking = walkPages({
      from: 1,
      signal: never,
      fetch,
      onPage: async (_items, page) => {
        seen.push(page)
        first.resolve()
      },
    })
    answer(1)
    await first.promise
    expect(asked.size).toBeGreaterThan(2)
    for (const page of [4, 3]) answer(page)
    expect(seen).toEqual([1])
    answer(2)
    await walking
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('stops between two pages when told to, and says that it did not come to the end', async () => {
    const stop = new AbortController()
    const { fetch } = list([['a'], ['b'], ['c']])
    const seen: number[] = []
    const isWhole = await walkPages({
      from: 1,
      signal: stop.signal,
      fetch,
      onPage: async (_items, page) => {
        seen.push(page)
        if (page === 2) stop.abort()
      },
    })
    expect(seen).toEqual([1, 2])
    expect(isWhole).toBe(false)
  })

  it('fails with the page that fails, after the pages before it', async () => {
    const seen: number[] = []
    const fetch = async (page: number): Promise<Page<string>> => {
      if (page === 3) throw new Error('page 3')
      return { items: ['x'], hasNext: true }
    }
    const onPage = async (_items: readonly string[], page: number) => void seen.push(page)
    await expect(walkPages({ from: 1, signal: never, fetch, onPage })).rejects.toThrow('page 3')
    expect(seen).toEqual([1, 2])
  })

  it('fails with the first page that cannot be handled', async () => {
    const { fetch } = list([['a'], ['b']])
    const onPage = () => Promise.reject(new Error('no'))
    await expect(walkPages({ from: 1, signal: never, fetch, onPage })).rejects.toThrow('no')
  })
})
