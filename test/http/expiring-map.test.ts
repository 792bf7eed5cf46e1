import { describe, expect, it } from 'vitest'
import { ExpiringMap } from '../../src/http/expiring-map.ts'

describe('ExpiringMap', () => {
  it('forgets at the end of a value’s life, not before', () => {
    let now = 0
    const map = new ExpiringMap<string, number>(100, 10, () => now)
    map.set('a', 1)
    now = 99
    expect(map.get('a')).toBe(1)
    now = 100
    expect(map.get('a')).toBeUndefined()
  })

  it('lets the oldest go when it is full; setting again makes young', () => {
    const map = new ExpiringMap<string, number>(100, 2, () => 0)
    map.set('a', 1)
    map.set('b', 2)
    map.set('a', 3)
    map.set('c', 4)
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4])
  })
})
