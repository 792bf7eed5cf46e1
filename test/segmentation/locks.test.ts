import { describe, expect, it } from 'vitest'
import type { Lock } from '../../src/segmentation/facts.ts'
import { at, client, lost, PRICE, seen, won } from './story.ts'

const lock = (dimension: string, segment: string, until: string | null): Lock => ({
  dimension,
  segment,
  author: 'Анна',
  until: until === null ? null : at(until),
})

describe('a segment locked by hand', () => {
  const buyer = [won('2026-03-01 10:00')]

  it('answers instead of the facts until its instant', () => {
    const locks = [lock('lifecycle', 'regular', '2026-04-01 10:00')]
    const before = seen(client(buyer, { locks }), '2026-04-01 09:59:59')
    expect(before.lifecycle).toMatchObject({
      segment: 'regular',
      until: at('2026-04-01 10:00'),
      lock: { author: 'Анна' },
    })
    expect(before.lifecycle.reason).toMatchObject({ code: 'lock', facts: { computed: 'one_time' } })
    expect(before.nextChangeAt).toBe(at('2026-04-01 10:00'))
    const after = seen(client(buyer, { locks }), '2026-04-01 10:00')
    expect(after.lifecycle).toMatchObject({ segment: 'one_time' })
    expect(after.lifecycle.lock).toBeUndefined()
  })

  it('without an end stands for ever', () => {
    const verdict = seen(client(buyer, { locks: [lock('lifecycle', 'regular', null)] }), '2026-04-01')
    expect(verdict.lifecycle).toMatchObject({ segment: 'regular', until: null })
  })

  it('announces no change where the facts will answer the same', () => {
    const locks = [lock('lifecycle', 'sleeping', '2026-07-01')]
    expect(seen(client(buyer, { locks }), '2026-04-01').lifecycle).toMatchObject({ segment: 'sleeping', until: null })
  })

  it('announces the change after its end where only that is one', () => {
    const locks = [lock('lifecycle', 'one_time', '2026-04-01')]
    expect(seen(client(buyer, { locks }), '2026-03-15').lifecycle.until).toBe(at('2026-05-30 10:00'))
  })

  it('gives way to the one set after it, and takes over when that ends', () => {
    const locks = [lock('lifecycle', 'regular', null), lock('lifecycle', 'new', '2026-04-01')]
    expect(seen(client(buyer, { locks }), '2026-03-15').lifecycle).toMatchObject({
      segment: 'new',
      until: at('2026-04-01'),
    })
    expect(seen(client(buyer, { locks }), '2026-04-01').lifecycle.segment).toBe('regular')
  })

  it.each([
    ['of another dimension', lock('temperature', 'cold', null)],
    ['to a segment that does not exist', lock('lifecycle', 'golden', null)],
    ['that has ended', lock('lifecycle', 'regular', '2026-03-10')],
  ])('%s does not touch the lifecycle', (_story, one) => {
    expect(seen(client(buyer, { locks: [one] }), '2026-04-01').lifecycle.segment).toBe('one_time')
  })

  it('leaves the other dimensions to the facts', () => {
    const locks = [lock('lifecycle', 'sleeping', null)]
    expect(seen(client(buyer, { locks }), '2026-04-01').temperature.segment).toBe('hot')
  })

  it('gives a standing to who has none, and none back when it ends', () => {
    const locks = [lock('standing', 'refused', '2026-04-10')]
    expect(seen(client(buyer, { locks }), '2026-04-01').standing).toMatchObject({
      segment: 'refused',
      until: at('2026-04-10'),
    })
    expect(seen(client(buyer, { locks }), '2026-04-10').standing).toBeNull()
    const refused = client([lost('2026-03-01', PRICE)], { locks })
    expect(seen(refused, '2026-04-01').standing?.until).toBeNull()
  })

  it('holds a tier, while the scores go on', () => {
    const value = {
      tiers: [{ label: 'Золото', from: 1e6 }],
      rfm: { recencyDays: [30, 60, 90, 120], frequency: [2, 3, 4, 5], monetary: [1, 2, 3, 4] },
    }
    const locks = [lock('value', 'Золото', '2026-05-01')]
    const { value: answer } = seen(client(buyer, { locks }), '2026-03-15', { value })
    expect(answer).toMatchObject({ tier: 'Золото', until: at('2026-03-31 10:00'), lock: { segment: 'Золото' } })
    expect(seen(client(buyer, { locks }), '2026-04-02', { value }).value.until).toBe(at('2026-04-30 10:00'))
    expect(seen(client(buyer, { locks }), '2026-05-01', { value }).value.tier).toBeNull()
  })
})
