import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Policy, parsePolicy } from '../../../src/segmentation/policy.ts'
import { READY_MADE_RULES } from '../../../src/segmentation/rules/ready-made-rules.ts'
import {
  faultsAt,
  plainPath,
  SECTION_NAMES,
  SECTIONS,
  sectionOf,
} from '../../../web/src/pages/policy/form/fault-path.ts'
import { fromForm, toForm } from '../../../web/src/pages/policy/form/policy-form.ts'
import { policyInputArbitrary, RULES } from '../../oracle/arbitrary-policy.ts'

const policyOf = (input: unknown): Policy => {
  const parsing = parsePolicy(input)
  if (parsing.type === 'invalid') throw new Error(JSON.stringify(parsing.problems))
  return parsing.policy
}

describe('the form of a policy', () => {
  it('gives back every policy as it was', () => {
    expect(fromForm(toForm(policyOf({ rules: READY_MADE_RULES })))).toEqual(policyOf({ rules: READY_MADE_RULES }))
    fc.assert(
      fc.property(policyInputArbitrary(RULES), (input) => {
        const parsing = parsePolicy(input)
        fc.pre(parsing.type === 'ok')
        if (parsing.type === 'ok') expect(fromForm(toForm(parsing.policy))).toEqual(parsing.policy)
      }),
      { numRuns: 100 },
    )
  })

  it('leaves out names, stages and tags that were emptied', () => {
    const policy = policyOf({
      card: { pipelineId: 20, statuses: { regular: 201, sleeping: 202 } },
      targets: { lifecycle: { names: { sleeping: 'Уснул', new: 'Лид' } } },
      rules: [{ id: 'a', label: 'A', target: 'client', when: { fact: 'ltv', op: 'gte', value: 1 }, tag: 'VIP' }],
    })
    const form = toForm(policy)
    Object.assign(form.targets.lifecycle.names, { sleeping: '' })
    Object.assign(form.card?.statuses ?? {}, { regular: undefined })
    Object.assign(form.rules[0] ?? {}, { tag: '' })
    const { targets, card, rules } = fromForm(form)
    expect([targets.lifecycle.names, card?.statuses, rules[0]?.tag]).toEqual([
      { new: 'Лид' },
      { sleeping: 202 },
      undefined,
    ])
  })

  it('has a section for every setting', () => {
    const settings = Object.keys(policyOf({})).toSorted()
    expect(SECTION_NAMES.flatMap((name) => [...SECTIONS[name]]).toSorted()).toEqual(settings)
  })
})

describe('the place of a fault', () => {
  const fault = (path: string) => ({ path, message: path })
  const faults = ['rules[2].when.all[1].fact', 'value.tiers.0.from', 'value.tiers[10].from', ''].map(fault)

  it('is one place, whichever way it is written', () => {
    expect(plainPath('rules[2].when.all[1].fact')).toBe('rules.2.when.all.1.fact')
    expect(faultsAt(faults, 'rules.2.when.all.1.fact')).toHaveLength(1)
    expect(faultsAt(faults, 'rules.2')).toHaveLength(0)
    expect(faultsAt(faults, 'rules.2', { within: true })).toHaveLength(1)
    expect(faultsAt(faults, 'value.tiers.1', { within: true })).toHaveLength(0)
  })

  it('belongs to a section', () => {
    expect(faults.map(({ path }) => sectionOf(path))).toEqual(['rules', 'value', 'value', 'general'])
  })
})
