import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../src/segmentation/rules/condition-schema.ts'
import { type Draft, fromDraft, newComparison, toDraft } from '../../../web/src/pages/policy/rules/draft.ts'
import {
  addPart,
  dissolveGroup,
  parentOf,
  removePart,
  setComparison,
  setJoin,
  toggleNot,
  wrapPart,
} from '../../../web/src/pages/policy/rules/edit-draft.ts'
import { movePart } from '../../../web/src/pages/policy/rules/move-part.ts'

const is = (fact: string): Condition => ({ fact, op: 'eq', value: 1 })
const TREE: Condition = { all: [is('a'), { any: [is('b'), { not: is('c') }] }, { not: { all: [is('d')] } }] }

const keyOf = (draft: Draft, fact: string): string => {
  if (draft.type === 'comparison') return draft.comparison.fact === fact ? draft.key : ''
  return (draft.type === 'not' ? [draft.part] : draft.parts).map((part) => keyOf(part, fact)).find(Boolean) ?? ''
}
const groupOf = (draft: Draft, fact: string): string => {
  const group = parentOf(draft, keyOf(draft, fact))
  return group?.key ?? ''
}
/** The tree as people would say it. */
const said = (condition: Condition): string => {
  if ('all' in condition) return `(${condition.all.map(said).join('&')})`
  if ('any' in condition) return `(${condition.any.map(said).join('|')})`
  return 'not' in condition ? `!${said(condition.not)}` : condition.fact
}
const edited = (edit: (draft: Draft) => Draft, tree: Condition = TREE) => said(fromDraft(edit(toDraft(tree))))

const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Condition>(is('a'), { fact: 'b', op: 'exists' }, { fact: 'c', op: 'in', value: [1, 'x'] }),
    fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node

const keysOf = (draft: Draft): string[] => [
  draft.key,
  ...(draft.type === 'group' ? draft.parts : draft.type === 'not' ? [draft.part] : []).flatMap(keysOf),
]

describe('a condition that is edited', () => {
  it('comes back as it was, whatever it is', () => {
    fc.assert(fc.property(condition, (one) => void expect(fromDraft(toDraft(one))).toEqual(one)))
  })

  it('has a key of its own for each part', () => {
    fc.assert(
      fc.property(condition, (one) => {
        const keys = keysOf(toDraft(one))
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  it('keeps the keys of all that is not touched', () => {
    const draft = toDraft(TREE)
    const changed = setComparison(draft, keyOf(draft, 'b'), { fact: 'x', op: 'exists' })
    expect(keysOf(changed)).toEqual(keysOf(draft))
    expect(said(fromDraft(changed))).toBe('(a&(x|!c)&!(d))')
  })

  it.each<[string, (draft: Draft) => Draft, string]>([
    [
      'gets a part in a group',
      (draft) => addPart(draft, groupOf(draft, 'b'), newComparison({ fact: 'n', op: 'eq' })),
      '(a&(b|!c|n)&!(d))',
    ],
    [
      'gets one at its root',
      (draft) => addPart(draft, draft.key, newComparison({ fact: 'n', op: 'eq' })),
      '(a&(b|!c)&!(d)&n)',
    ],
    ['loses a part', (draft) => removePart(draft, keyOf(draft, 'a')), '((b|!c)&!(d))'],
    ['loses a part with the "not" before it', (draft) => removePart(draft, keyOf(draft, 'c')), '(a&(b)&!(d))'],
    ['is emptied', (draft) => removePart(draft, draft.key), '()'],
    ['gets a "not"', (draft) => toggleNot(draft, keyOf(draft, 'a')), '(!a&(b|!c)&!(d))'],
    ['loses a "not"', (draft) => toggleNot(draft, keyOf(draft, 'c')), '(a&(b|c)&!(d))'],
    ['has and and or exchanged', (draft) => setJoin(draft, groupOf(draft, 'b'), 'all'), '(a&(b&!c)&!(d))'],
    ['has a part put into a group', (draft) => wrapPart(draft, keyOf(draft, 'a')), '((a)&(b|!c)&!(d))'],
    ['has a group dissolved', (draft) => dissolveGroup(draft, groupOf(draft, 'b')), '(a&b&!c&!(d))'],
    ['has a negated group of one dissolved', (draft) => dissolveGroup(draft, groupOf(draft, 'd')), '(a&(b|!c)&!d)'],
  ])('%s', (_, edit, expected) => expect(edited(edit)).toBe(expected))

  it('of a single comparison becomes a group with the second', () => {
    expect(edited((draft) => addPart(draft, draft.key, newComparison({ fact: 'n', op: 'eq' })), is('a'))).toBe('(a&n)')
  })
})

describe('a part that is moved', () => {
  it.each<[string, string, -1 | 1, string]>([
    ['goes into the next group', 'a', 1, '((a|b|!c)&!(d))'],
    ['goes past its neighbour', 'b', 1, '(a&(!c|b)&!(d))'],
    ['goes out of its group', 'b', -1, '(a&b&(!c)&!(d))'],
    ['takes its "not" along', 'c', 1, '(a&(b)&!c&!(d))'],
    ['leaves a group it was alone in', 'd', -1, '(a&(b|!c)&d&!())'],
    ['stays at the edge', 'a', -1, '(a&(b|!c)&!(d))'],
  ])('%s', (_, fact, by, expected) => expect(edited((draft) => movePart(draft, keyOf(draft, fact), by))).toBe(expected))

  it('is never lost nor doubled', () => {
    fc.assert(
      fc.property(condition, fc.nat(), fc.constantFrom<-1 | 1>(-1, 1), (tree, which, by) => {
        const draft = toDraft(tree)
        const keys = keysOf(draft)
        const moved = movePart(draft, keys[which % keys.length] ?? '', by)
        expect(keysOf(moved).toSorted()).toEqual(keys.toSorted())
      }),
    )
  })
})
