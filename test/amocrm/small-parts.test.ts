import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchSize } from '../../src/amocrm/batch-size.ts'
import { mergePatches } from '../../src/amocrm/merge-patches.ts'
import { tagsAfter, toWirePatch } from '../../src/amocrm/patch-wire.ts'
import { PriorityLanes } from '../../src/amocrm/priority-lanes.ts'

describe('merged patches', () => {
  const tag = fc.constantFrom('a', 'b', 'c', 'd')
  const tags = fc.record({ add: fc.uniqueArray(tag), remove: fc.uniqueArray(tag) })

  it('do to any set of tags what both did one after the other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(tag), tags, tags, (present, earlier, later) => {
        const merged = mergePatches({ id: 1, tags: earlier }, { id: 1, tags: later })
        const inTurn = tagsAfter(tagsAfter(present, earlier), later)
        expect(tagsAfter(present, merged.tags ?? { add: [], remove: [] }).sort()).toEqual(inTurn.sort())
      }),
    )
  })

  it('keep the parts that only one has', () => {
    const status = { pipelineId: 1, statusId: 2 }
    expect(mergePatches({ id: 1, status }, { id: 1, fields: { 3: null } })).toEqual({
      id: 1,
      status,
      fields: { 3: null },
    })
  })
})

describe('a patch on the wire', () => {
  it('adds a tag that it would both add and remove', () => {
    expect(toWirePatch({ id: 1, tags: { add: ['a'], remove: ['a', 'b'] } })).toEqual({
      id: 1,
      tags_to_add: [{ name: 'a' }],
      tags_to_delete: [{ name: 'b' }],
    })
  })

  it('clears a whole set with null', () => {
    expect(toWirePatch({ id: 1 }, [])).toEqual({ id: 1, _embedded: { tags: null } })
  })
})

describe('the size of batches', () => {
  it('halves from what was tried, never under one, and grows slowly again', () => {
    const size = new BatchSize(250)
    size.shrink(250)
    expect(size.current).toBe(125)
    size.shrink(30)
    expect(size.current).toBe(15)
    for (let n = 0; n < 9; n++) size.succeeded(15)
    size.succeeded(3)
    expect(size.current).toBe(15)
    size.succeeded(15)
    expect(size.current).toBe(19)
    size.shrink(1)
    expect(size.current).toBe(1)
    for (let n = 0; n < 1000; n++) size.succeeded(size.current)
    expect(size.current).toBe(250)
  })

  it('takes up what another process came to, as far as is allowed, and goes on from there', () => {
    const size = new BatchSize(250)
    size.become(60)
    for (let n = 0; n < 9; n++) size.succeeded(60)
    size.become(60)
    size.succeeded(60)
    expect(size.current).toBe(75)
    size.become(900)
    expect(size.current).toBe(250)
  })
})

describe('priority lanes', () => {
  it('give the most urgent first, then by arrival, and leave what is not accepted', () => {
    const lanes = new PriorityLanes<{ priority: 'live' | 'due' | 'backfill' }>()
    const entry = { priority: 'backfill' } as { priority: 'live' | 'due' | 'backfill' }
    lanes.add(1, entry)
    lanes.add(2, { priority: 'due' })
    lanes.add(3, { priority: 'live' })
    lanes.raise(1, entry, 'live')
    lanes.raise(1, entry, 'due')
    expect(lanes.best()).toBe('live')
    expect(lanes.take(5, (id) => id !== 3).map(([id]) => id)).toEqual([1, 2])
    expect(lanes.size).toBe(1)
    expect(lanes.get(3)).toEqual({ priority: 'live' })
    expect(lanes.get(1)).toBeUndefined()
  })
})
