import { describe, expect, it } from 'vitest'
import { clientKey, parseClientKey, sameClient } from '../../src/store/client-key.ts'
import { Keys } from '../../src/store/keys.ts'

const keys = new Keys('root')

/** What Redis Cluster hashes to find a key's node: the text within the first braces. */
const hashTag = (key: string): string | undefined => /\{([^}]+)\}/.exec(key)?.[1]

describe('the keys of an account', () => {
  const all = [
    keys.of(7, 'account'),
    keys.client(7, 'c5'),
    keys.dealBucket(7, 31_000_042).key,
    keys.due(7),
    keys.unread(7),
    keys.segment(7, 'tier', 'Gold {1}'),
    keys.queueOf(7),
  ]

  it('all share one hash tag, so that scripts may touch several', () => {
    expect(all.map(hashTag)).toEqual(all.map(() => '7'))
  })

  it('are all different, and different for another account', () => {
    expect(new Set([...all, keys.due(8), keys.client(7, 'k5'), keys.segment(7, 'tier', 'Silver')]).size).toBe(10)
  })

  it('stand under the root of the deployment', () => {
    expect(keys.due(7).startsWith('root:')).toBe(true)
    expect(keys.accounts.startsWith('root:')).toBe(true)
    expect(new Keys().due(7)).not.toBe(keys.due(7))
  })

  it('hold the deals of an account evenly, however far apart their ids are, each under a name of its own', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => 40_000_000 + index * 337)
    const places = ids.map((id) => keys.dealBucket(7, id))
    expect(new Set(places.map(({ key, field }) => `${key} ${field}`)).size).toBe(ids.length)
    const sizes = new Map<string, number>()
    for (const { key } of places) sizes.set(key, (sizes.get(key) ?? 0) + 1)
    expect(Math.max(...sizes.values())).toBeLessThan(10)
  })
})

describe('the short name of a client', () => {
  it.each([
    ['c5', { kind: 'contact', id: 5 }],
    ['k70000001', { kind: 'company', id: 70_000_001 }],
  ] as const)('%s', (key, ref) => {
    expect(clientKey(ref)).toBe(key)
    expect(parseClientKey(key)).toEqual(ref)
  })

  it.each(['', 'c', 'x5', 'c5 ', 'c-5', 'o1790000000000', 'c5x', 'c12345678901234567'])('is not %j', (text) => {
    expect(parseClientKey(text)).toBeNull()
  })

  it('tells a contact from a company of the same id', () => {
    expect(sameClient({ kind: 'contact', id: 5 }, { kind: 'contact', id: 5 })).toBe(true)
    expect(sameClient({ kind: 'contact', id: 5 }, { kind: 'company', id: 5 })).toBe(false)
    expect(sameClient({ kind: 'contact', id: 5 }, { kind: 'contact', id: 6 })).toBe(false)
  })
})
