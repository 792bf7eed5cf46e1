import { describe, expect, it } from 'vitest'
import { Random } from '../../sandbox/generate/random.ts'
import { createWorlds } from '../../sandbox/world/create-worlds.ts'
import { LOST, WON } from '../../sandbox/world/model.ts'
import type { World } from '../../sandbox/world/world.ts'

const NOW = 1_790_000_000

function generate(options: { clients: number; deals?: number; seed?: number }): World {
  const [world] = createWorlds({ seed: 1, ...options }, () => NOW * 1000).values()
  if (world === undefined) throw new Error('no world')
  return world
}

const snapshot = (world: World): string =>
  JSON.stringify([world.leads.all, world.contacts.all, world.companies.all, world.events])

/** Won deals by main contact. */
function purchases(world: World): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { statusId, mainContactId } of world.leads.all) {
    if (statusId === WON && mainContactId !== null) counts.set(mainContactId, (counts.get(mainContactId) ?? 0) + 1)
  }
  return counts
}

describe('a generated account', () => {
  it('is the same for the same seed and another for another', () => {
    const first = snapshot(generate({ clients: 300, seed: 5 }))
    expect(snapshot(generate({ clients: 300, seed: 5 }))).toBe(first)
    expect(snapshot(generate({ clients: 300, seed: 6 }))).not.toBe(first)
  })

  it.each([
    [500, 1478],
    [500, 300],
    [10, 0],
    [1, 40],
  ])('of %i clients has exactly %i deals if asked', (clients, deals) => {
    const world = generate({ clients, deals })
    expect([world.contacts.size, world.leads.size]).toEqual([clients, deals])
  })

  it('has every kind of client and deal', () => {
    const world = generate({ clients: 4000 })
    expect(world.leads.size / 4000).toBeGreaterThan(2)
    expect(world.leads.size / 4000).toBeLessThan(4)
    const share = (test: (lead: World['leads']['all'][number]) => boolean) =>
      world.leads.all.filter(test).length / world.leads.size
    expect(share(({ statusId }) => statusId === WON)).toBeGreaterThan(0.5)
    expect(share(({ statusId }) => statusId === LOST)).toBeGreaterThan(0.1)
    expect(share(({ statusId }) => statusId !== WON && statusId !== LOST)).toBeGreaterThan(0.03)
    expect(share(({ contactIds }) => contactIds.length > 1)).toBeGreaterThan(0.03)
    expect(share(({ contactIds, companyId }) => contactIds.length === 0 && companyId !== null)).toBeGreaterThan(0.001)
    expect(share(({ contactIds, companyId }) => contactIds.length === 0 && companyId === null)).toBeGreaterThan(0.005)
    expect(share(({ tagIds }) => tagIds.length > 0)).toBeGreaterThan(0.05)
    const junk = new Set(world.lossReasons.filter(({ name }) => /спам|дубл|неверн/i.test(name)).map(({ id }) => id))
    expect(share(({ lossReasonId }) => lossReasonId !== null && junk.has(lossReasonId))).toBeGreaterThan(0.005)
    const phone = world.fields.contacts.byCode('PHONE')?.id
    const email = world.fields.contacts.byCode('EMAIL')?.id
    const unreachable = world.contacts.all.filter(
      ({ fields }) => !(fields ?? []).some(({ fieldId }) => fieldId === phone || fieldId === email),
    )
    expect(unreachable.length).toBeGreaterThan(100)
    expect(new Set(world.events.map(({ type }) => type))).toEqual(new Set(['incoming_call', 'incoming_chat_message']))
  })

  it('has buyers of very uneven habits: many of one purchase, a few of very many', () => {
    const counts = [...purchases(generate({ clients: 4000 })).values()]
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
    expect(counts.filter((count) => count === 1).length / counts.length).toBeGreaterThan(0.3)
    expect(Math.max(...counts)).toBeGreaterThan(10)
    // Equal rates would give a variance of about the mean.
    expect(variance).toBeGreaterThan(2 * mean)
  })

  it('is coherent: closed deals have their instant, links hold in both directions, nothing lies ahead', () => {
    const world = generate({ clients: 500 })
    for (const lead of world.leads.all) {
      const isClosed = lead.statusId === WON || lead.statusId === LOST
      expect(lead.closedAt !== null).toBe(isClosed)
      expect(lead.lossReasonId !== null).toBe(lead.statusId === LOST)
      expect(world.status(lead.pipelineId, lead.statusId)).toBeDefined()
      expect(lead.createdAt).toBeLessThanOrEqual(lead.updatedAt)
      expect(Math.max(lead.updatedAt, lead.closedAt ?? 0)).toBeLessThanOrEqual(NOW)
      for (const id of lead.contactIds) expect(world.contacts.get(id)?.leadIds).toContain(lead.id)
      if (lead.companyId !== null) expect(world.companies.get(lead.companyId)?.leadIds).toContain(lead.id)
      expect(lead.mainContactId).toBe(lead.contactIds[0] ?? null)
    }
    const linked = world.contacts.all.flatMap(({ leadIds }) => leadIds)
    expect(linked.every((id) => world.leads.get(id) !== undefined)).toBe(true)
  })

  it('gives ids in the order of creation', () => {
    const world = generate({ clients: 300 })
    for (const shelf of [world.leads, world.contacts, world.companies]) {
      const created = shelf.all.map(({ createdAt }) => createdAt)
      expect(created).toEqual(created.toSorted((a, b) => a - b))
    }
  })
})

describe('random numbers', () => {
  const DRAWS = 20_000
  const mean = (draw: (random: Random) => number): number => {
    const random = new Random(3)
    let sum = 0
    for (let at = 0; at < DRAWS; at += 1) sum += draw(random)
    return sum / DRAWS
  }

  it.each<[string, (random: Random) => number, number]>([
    ['uniform', (random) => random.next(), 0.5],
    ['whole', (random) => random.int(1, 6), 3.5],
    ['normal', (random) => random.normal(), 0],
    ['exponential', (random) => random.exponential(5), 5],
    ['gamma of a large shape', (random) => random.gamma(4, 2), 8],
    ['gamma of a small shape', (random) => random.gamma(0.5, 2), 1],
    ['beta', (random) => random.beta(1, 3), 0.25],
  ])('%s have their mean', (_, draw, expected) => {
    expect(Math.abs(mean(draw) - expected)).toBeLessThan(0.03 * Math.max(1, expected))
  })

  it('stay in their bounds', () => {
    const random = new Random(9)
    const draws = Array.from({ length: 1000 }, () => [random.next(), random.beta(0.9, 2.6), random.int(2, 4)] as const)
    expect(draws.every(([a, b, c]) => a >= 0 && a < 1 && b >= 0 && b <= 1 && c >= 2 && c <= 4)).toBe(true)
  })
})
