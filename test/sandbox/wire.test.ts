import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBracketQuery, type QueryNode } from '../../sandbox/api/bracket-query.ts'
import { formEncode } from '../../sandbox/hooks/form-encode.ts'
import { OrderedIndex } from '../../sandbox/world/ordered-index.ts'

/** A parsed query as plain objects. */
const plain = (node: QueryNode): unknown =>
  typeof node === 'string' ? node : Object.fromEntries([...node].map(([key, value]) => [key, plain(value)]))

describe('a query in brackets', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['filter[id][]=1&filter[id][]=2', { filter: { id: { 0: '1', 1: '2' } } }],
    ['filter[id][5]=1&filter[id][]=2', { filter: { id: { 5: '1', 1: '2' } } }],
    ['filter%5Bprice%5D%5Bfrom%5D=1', { filter: { price: { from: '1' } } }],
    ['filter[name]=%D0%90+%D0%91', { filter: { name: 'А Б' } }],
    ['a=1&a[b]=2', { a: { b: '2' } }],
    ['', {}],
  ])('%s', (query, expected) => {
    expect(plain(parseBracketQuery(query))).toEqual(expected)
  })

  it('cannot reach the prototype of anything', () => {
    parseBracketQuery('__proto__[polluted]=1&a[constructor][prototype][polluted]=1')
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('a form body', () => {
  it.each([
    [{ a: { b: [{ c: 1 }] } }, 'a%5Bb%5D%5B0%5D%5Bc%5D=1'],
    [
      { name: "Стол (дуб) & Ко!*'~" },
      'name=%D0%A1%D1%82%D0%BE%D0%BB+%28%D0%B4%D1%83%D0%B1%29+%26+%D0%9A%D0%BE%21%2A%27%7E',
    ],
    [{ a: true, b: false, c: null, d: undefined, e: '' }, 'a=1&b=0&e='],
    [{ list: [], map: {} }, ''],
  ])('%j', (fields, expected) => {
    expect(formEncode(fields)).toBe(expected)
  })

  it('can be read back by any form parser', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })), (fields) => {
        expect(Object.fromEntries(new URLSearchParams(formEncode(fields)))).toEqual({ ...fields })
      }),
    )
  })
})

describe('an ordered index', () => {
  it('is in order after any additions and removals', () => {
    const entry = fc.record({ id: fc.integer({ min: 1, max: 1000 }), key: fc.integer({ min: 0, max: 20 }) })
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ({ id }) => id }),
        fc.integer({ min: 0, max: 20 }),
        (items, bound) => {
          const index = new OrderedIndex<{ id: number; key: number }>(({ key }) => key)
          for (const item of items.slice(0, items.length / 2)) index.add(item)
          expect(index.items).toHaveLength(Math.floor(items.length / 2))
          for (const item of items.slice(items.length / 2)) index.add(item)
          const kept = items.filter(({ id }) => id % 3 !== 0)
          for (const item of items) if (!kept.includes(item)) index.remove(item)
          expect(index.items).toEqual(kept.toSorted((a, b) => a.key - b.key || a.id - b.id))
          expect(index.lowerBound(bound)).toBe(kept.filter(({ key }) => key < bound).length)
        },
      ),
    )
  })
})
