import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import { desiredState, ownedTags } from '../../src/segmentation/desired.ts'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import type { Rule } from '../../src/segmentation/rules/rule-schema.ts'
import { ACCOUNT, aClient, aDeal, aRule, NOON, policyOf } from './rules-support.ts'

const errorsOf = (...rules: Rule[]) => checkPolicy(policyOf({ rules }), ACCOUNT).errors
const warningsOf = (...rules: Rule[]) => checkPolicy(policyOf({ rules }), ACCOUNT).warnings
const has = (value: string, fact = 'tags'): Condition => ({ fact, op: 'contains', value })
const lacks = (value: string, fact = 'tags'): Condition => ({ fact, op: 'not_contains', value })
const sets = (field: number, value: string, on: 'client' | 'deal' = 'client') =>
  ({ id: `set_${field}_${value}`, type: 'field', field, value, on, coolDownDays: 0, duringBackfill: false }) as const

describe('rules that feed on what each other writes', () => {
  it.each([
    ['each other’s tags', aRule(has('b'), { id: '1', tag: 'a' }), aRule(has('a'), { id: '2', tag: 'b' })],
    ['each other’s missing tags', aRule(lacks('b'), { id: '1', tag: 'a' }), aRule(lacks('a'), { id: '2', tag: 'b' })],
    ['any tag', aRule({ fact: 'tags', op: 'exists' }, { id: '1', tag: 'a' }), aRule(has('A'), { id: '2', tag: 'b' })],
    [
      'tags of clients and deals',
      aRule(has('b', 'lastDeal.tags'), { id: '1', tag: 'a' }),
      aRule(has('a', 'client.tags'), { id: '2', tag: 'b', target: 'deal' }),
    ],
    [
      'a tag and a field',
      aRule({ fact: 'field:1', op: 'exists' }, { id: '1', tag: 'a' }),
      aRule(has('a'), { id: '2', actions: [sets(1, 'x')] }),
    ],
    [
      'a field under id and code',
      aRule({ fact: 'field:CITY', op: 'eq', value: 'x' }, { id: '1', actions: [sets(2, 'y')] }),
      aRule({ fact: 'field:2', op: 'gt', value: 1 }, { id: '2', actions: [sets(1, 'z')] }),
    ],
  ])('are refused: %s', (_what, one, other) => {
    const errors = errorsOf(one, other)
    expect(errors).toMatchObject([{ path: 'rules[0].when', message: expect.stringContaining('"1", "2"') }])
    expect(errorsOf({ ...one, enabled: false }, other)).toEqual([])
  })

  it('are refused through any number of others, and told of once', () => {
    const rules = ['a', 'b', 'c', 'd'].map((tag, index) => aRule(has('dabc'[index] ?? ''), { id: tag, tag }))
    expect(errorsOf(...rules)).toHaveLength(1)
  })

  it('may stand in a chain', () => {
    const rules = [aRule(has('a'), { id: '1', tag: 'b' }), aRule(lacks('b'), { id: '2', tag: 'c' })]
    expect(errorsOf(...rules)).toEqual([])
  })

  it('do not meet where one reads tags of deals and the other writes those of clients', () => {
    const rules = [
      aRule(has('b', 'lastDeal.tags'), { id: '1', tag: 'a' }),
      aRule(has('a'), { id: '2', tag: 'b', target: 'deal' }),
    ]
    expect(errorsOf(...rules)).toEqual([])
  })
})

describe('a rule that feeds on its own tag', () => {
  it.each([
    ['by its absence', aRule(lacks('a'), { tag: 'a' })],
    ['by a negation', aRule({ not: has('a') }, { tag: 'A' })],
    ['by there being no tag', aRule({ fact: 'tags', op: 'not_exists' }, { tag: 'a' })],
    ['among others', aRule({ any: [has('a'), { fact: 'tags', op: 'not_in', value: ['b', 'a'] }] }, { tag: 'a' })],
    ['through another deal', aRule(has('a', 'client.lastDeal.tags'), { tag: 'a', target: 'deal' })],
  ])('is refused: %s', (_what, rule) => {
    expect(errorsOf(rule)).toMatchObject([{ path: 'rules[0].when', message: expect.stringContaining('never settle') }])
  })

  it('is warned of where the tag only keeps itself', () => {
    const rule = aRule({ any: [has('a'), { not: { not: has('A') } }] }, { tag: 'a' })
    expect(errorsOf(rule)).toEqual([])
    expect(warningsOf(rule)).toMatchObject([{ path: 'rules[0].when' }])
  })

  it('may read the field its own action sets', () => {
    expect(errorsOf(aRule({ fact: 'field:1', op: 'not_exists' }, { actions: [sets(1, 'x')] }))).toEqual([])
  })
})

describe('a policy the checker lets through', () => {
  const TAGS = ['a', 'b', 'c', 'Холодный']
  const reading = (target: Rule['target']): fc.Arbitrary<Condition> => {
    const facts = target === 'client' ? ['tags', 'lastDeal.tags'] : ['tags', 'client.tags', 'client.firstDeal.tags']
    const fact = fc.constantFrom(...facts)
    const leaf = fc.oneof(
      fc.record({
        fact,
        op: fc.constantFrom('contains' as const, 'not_contains' as const),
        value: fc.constantFrom(...TAGS),
      }),
      fc.record({ fact, op: fc.constantFrom('exists' as const, 'not_exists' as const) }),
      fc.record({
        fact: fc.constant(target === 'client' ? 'deals.count' : 'price'),
        op: fc.constant('gt' as const),
        value: fc.integer({ min: 0, max: 3 }),
      }),
    )
    return fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 2 },
        leaf,
        fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 2 }) }),
        fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 2 }) }),
        fc.record({ not: tie('node') }),
      ),
    })).node
  }
  const rules = fc
    .array(
      fc
        .constantFrom('client' as const, 'deal' as const)
        .chain((target) =>
          fc.record({ target: fc.constant(target), when: reading(target), tag: fc.constantFrom(...TAGS) }),
        ),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) => list.map(({ when, ...over }, index) => aRule(when, { ...over, id: String(index) })))
  const tags = fc.subarray([...TAGS, 'own'])
  const client = fc
    .array(fc.record({ tags, price: fc.integer({ min: 0, max: 4 }), statusId: fc.constantFrom(102, 142, 143) }), {
      maxLength: 3,
    })
    .chain((deals) =>
      tags.map((own) =>
        aClient({ tags: own, deals: deals.map((deal, index) => aDeal({ ...deal, id: index + 1, closedAt: NOON })) }),
      ),
    )

  /** What one look at the client leaves behind: its own tags set or taken off, those of others untouched. */
  const look = (one: ClientFacts, policy: Policy): ClientFacts => {
    const compiled = compilePolicy(policy, ACCOUNT)
    const desired = desiredState(one, decide(one, compiled, NOON), compiled)
    const owned = ownedTags(compiled)
    const written = (before: readonly string[], wanted: readonly string[]) =>
      [...new Set([...before.filter((tag) => !owned.has(tag)), ...wanted])].sort()
    return {
      ...one,
      tags: written(one.tags, desired.clientTags),
      deals: one.deals.map((deal) =>
        deal.statusId === 102
          ? { ...deal, tags: written(deal.tags, [...desired.dealTags, ...(desired.tagsByDeal[deal.id] ?? [])]) }
          : deal,
      ),
    }
  }

  it('settles, whatever tags stand at the start', () => {
    let accepted = 0
    fc.assert(
      fc.property(rules, client, (list, start) => {
        const policy = policyOf({ rules: list })
        if (checkPolicy(policy, ACCOUNT).errors.length > 0) return
        accepted += 1
        let now = start
        for (let turn = 0; turn <= 2 * list.length + 1; turn += 1) now = look(now, policy)
        expect(look(now, policy)).toEqual(now)
      }),
      { numRuns: 500 },
    )
    expect(accepted).toBeGreaterThan(30)
  })
})
