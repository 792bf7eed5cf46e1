import { describe, expect, it } from 'vitest'
import { FACT_CATALOG } from '../../../src/segmentation/rules/fact-catalog.ts'
import { fieldCatalog } from '../../../src/segmentation/rules/field-catalog.ts'
import { localDays } from '../../../src/segmentation/rules/local-days.ts'
import { readOperand } from '../../../src/segmentation/rules/read-operand.ts'
import { resolveFact } from '../../../src/segmentation/rules/resolve-fact.ts'
import type { Fact } from '../../../web/src/pages/policy/policy-types.ts'
import type { DraftComparison } from '../../../web/src/pages/policy/rules/draft.ts'
import { factsFor, findFact, type RuleTarget } from '../../../web/src/pages/policy/rules/fact-lookup.ts'
import { withFact, withOp } from '../../../web/src/pages/policy/rules/fit-comparison.ts'
import { ACCOUNT } from '../../segmentation/rules-support.ts'

const FACTS: readonly Fact[] = [...FACT_CATALOG, ...fieldCatalog(ACCOUNT)]
const factNamed = (name: string, target: RuleTarget = 'client'): Fact => {
  const found = findFact(name, target, FACTS)
  if (!found) throw new Error(`no fact ${name}`)
  return found.fact
}

describe('the facts a rule can ask about', () => {
  it.each<RuleTarget>(['client', 'deal'])('are all known to the checker under their names: %s', (target) => {
    for (const { name } of factsFor(target, FACTS)) {
      expect([name, resolveFact(name, { target, account: ACCOUNT }).type]).toEqual([name, 'fact'])
    }
  })

  it('are found by the code of a field too, and not where they do not belong', () => {
    const coded = ACCOUNT.fields.find(({ code, entity }) => code !== null && entity !== 'lead')
    expect(findFact(`field:${coded?.code?.toLowerCase()}`, 'client', FACTS)?.fact.field?.code).toBe(coded?.code)
    expect(findFact('price', 'client', FACTS)).toBeNull()
    expect(findFact('lastDeal.price', 'client', FACTS)?.fact.name).toBe('price')
    expect(findFact('client.ltv', 'deal', FACTS)?.fact.name).toBe('ltv')
  })
})

describe('a comparison that is changed', () => {
  it('keeps its value in the form the op takes', () => {
    const ltv = factNamed('ltv')
    const one: DraftComparison = { fact: 'ltv', op: 'gte', value: 500 }
    const range = withOp(one, 'between', ltv)
    expect(range).toEqual({ fact: 'ltv', op: 'between', value: [500, 500] })
    expect(withOp(range, 'in', ltv).value).toEqual([500, 500])
    expect(withOp(range, 'lt', ltv).value).toBe(500)
    expect(withOp(one, 'exists', ltv)).toEqual({ fact: 'ltv', op: 'exists' })
    expect(withOp({ fact: 'tags', op: 'exists' }, 'in', factNamed('tags')).value).toEqual([])
  })

  it('begins anew where days take the place of a date', () => {
    const last = factNamed('purchases.last')
    const dated: DraftComparison = { fact: 'purchases.last', op: 'lt', value: '2026-01-31' }
    expect(withOp(dated, 'within_days', last).value).toBe(30)
    expect(withOp(withOp(dated, 'within_days', last), 'gt', last).value).toBe('')
  })

  it('keeps op and value for a fact of the same kind alone', () => {
    const before = factNamed('ltv')
    const one: DraftComparison = { fact: 'ltv', op: 'lt', value: 5 }
    expect(withFact(one, 'averageCheck', factNamed('averageCheck'), before)).toEqual({ ...one, fact: 'averageCheck' })
    expect(withFact(one, 'lifecycle', factNamed('lifecycle'), before)).toMatchObject({ op: 'eq', value: 'new' })
    expect(withFact(one, 'hasPhone', factNamed('hasPhone'), before)).toMatchObject({ op: 'eq', value: true })
  })

  it('is sound for every fact with every op, once its texts are filled in', () => {
    const days = localDays(ACCOUNT.timeZone)
    for (const { name, fact } of factsFor('client', FACTS)) {
      for (const op of fact.ops) {
        const chosen = withOp(withFact({ fact: '', op: 'eq', value: '' }, name, fact, null), op, fact)
        const isBlank = (value: unknown) => value === '' || (Array.isArray(value) && value.some((part) => part === ''))
        if ('value' in chosen && isBlank(chosen.value)) continue
        const resolved = resolveFact(name, { target: 'client', account: ACCOUNT })
        if (resolved.type !== 'fact') throw new Error(name)
        const reading = readOperand(resolved.fact, chosen as Parameters<typeof readOperand>[1], {
          account: ACCOUNT,
          days,
        })
        expect([name, op, reading.type]).toEqual([name, op, 'ok'])
      }
    }
  })
})
