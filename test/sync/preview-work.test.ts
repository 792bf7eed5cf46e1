import { describe, expect, it } from 'vitest'
import { PreviewWork } from '../../src/sync/preview-work.ts'
import { company, contact } from '../support/test-context.ts'

const work = (digests: Readonly<Record<number, bigint>>) => {
  const made = new PreviewWork()
  for (const [id, digest] of Object.entries(digests)) made.add(contact(Number(id)), digest)
  return made
}

describe('what was previewed, and what would be done now', () => {
  it('differ by whom something is done to, and by what that is', () => {
    const changes = work({ 1: 10n, 2: 20n, 3: 30n }).changesTo(work({ 1: 10n, 2: 21n, 4: 40n, 5: 50n }))
    expect(changes).toMatchObject({ added: 2, dropped: 1, differing: 1 })
    expect(changes.examples.toSorted((a, b) => a.id - b.id)).toEqual([contact(2), contact(3), contact(4), contact(5)])
  })

  it('are the same where the same is done to the same clients, and nothing to all others', () => {
    const nothing = { added: 0, dropped: 0, differing: 0, examples: [] }
    expect(work({ 1: 10n, 2: 0n }).changesTo(work({ 1: 10n, 3: 0n }))).toEqual(nothing)
    expect(work({}).changesTo(work({}))).toEqual(nothing)
  })

  it('name the first of many', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index + 1, 7n]))
    const { added, examples } = work({}).changesTo(work(many))
    expect([added, examples.length]).toEqual([500, 20])
  })

  it('are compared as well when what was previewed was put away meanwhile', async () => {
    const before = work({ 1: 0xffff_ffff_ffff_ffffn, 2: 20n })
    before.add(company(1), 5n)
    const kept = await PreviewWork.parse(await before.toText())
    expect(kept.changesTo(before)).toMatchObject({ added: 0, dropped: 0, differing: 0 })
    expect(kept.changesTo(work({ 1: 0xffff_ffff_ffff_ffffn }))).toMatchObject({ dropped: 2 })
    const empty = await PreviewWork.parse(await work({}).toText())
    expect(empty.changesTo(work({ 1: 1n }))).toMatchObject({ added: 1, dropped: 0 })
  })
})
