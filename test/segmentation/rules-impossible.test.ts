import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { ACCOUNT, aRule, policyOf } from './rules-support.ts'

const checkRule = (when: Condition) => checkPolicy(policyOf({ rules: [aRule(when)] }), ACCOUNT)

const NEVER: readonly (readonly [Condition, string])[] = [
  [{ any: [] }, 'rules[0].when'],
  [{ fact: 'ltv', op: 'in', value: [] }, 'rules[0].when'],
  [{ fact: 'ltv', op: 'between', value: [5, 1] }, 'rules[0].when'],
  [{ fact: 'lastDeal.price', op: 'between', value: [5, 1] }, 'rules[0].when'],
  [{ fact: 'purchases.last', op: 'within_days', value: 0 }, 'rules[0].when'],
  [{ fact: 'purchases.count', op: 'lt', value: 0 }, 'rules[0].when'],
  [{ fact: 'daysSinceLastPurchase', op: 'lt', value: 0 }, 'rules[0].when'],
  [{ fact: 'rfm.recency', op: 'gt', value: 5 }, 'rules[0].when'],
  [{ fact: 'birthday.daysUntil', op: 'gt', value: 365 }, 'rules[0].when'],
  [{ fact: 'lifecycle', op: 'eq', value: 'dozing' }, 'rules[0].when'],
  [{ fact: 'value.tier', op: 'eq', value: 'Золото' }, 'rules[0].when'],
  [
    {
      all: [
        { fact: 'ltv', op: 'gt', value: 5 },
        { fact: 'ltv', op: 'lte', value: 5 },
      ],
    },
    'rules[0].when',
  ],
  [{ all: [{ fact: 'ltv', op: 'gt', value: 5 }, { not: { fact: 'ltv', op: 'gte', value: 4 } }] }, 'rules[0].when'],
  [
    {
      all: [
        { fact: 'lifecycle', op: 'eq', value: 'new' },
        { fact: 'lifecycle', op: 'eq', value: 'sleeping' },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'tags', op: 'contains', value: 'x' },
        { fact: 'tags', op: 'not_contains', value: 'X' },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'tags', op: 'exists' },
        { fact: 'tags', op: 'not_exists' },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'hasPhone', op: 'eq', value: true },
        { fact: 'hasPhone', op: 'ne', value: true },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'field:1', op: 'eq', value: 'Омск' },
        { fact: 'field:1', op: 'contains', value: 'Москва' },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'purchases.last', op: 'within_days', value: 7 },
        { fact: 'daysSinceLastPurchase', op: 'gte', value: 7 },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'createdAt', op: 'lt', value: '2026-01-01' },
        { fact: 'createdAt', op: 'gte', value: '2026-01-01' },
      ],
    },
    'rules[0].when',
  ],
  [
    {
      all: [
        { fact: 'ltv', op: 'gt', value: 1 },
        {
          any: [
            { fact: 'ltv', op: 'lt', value: 1 },
            { fact: 'purchases.count', op: 'in', value: [] },
          ],
        },
      ],
    },
    'rules[0].when.all[1].any[1]',
  ],
]

describe('rules that can never match', () => {
  it.each(NEVER)('%j', (when, path) => {
    const { errors, warnings } = checkRule(when)
    expect(errors).toEqual([])
    expect(warnings.map((warning) => warning.path)).toEqual([path])
    expect(warnings[0]?.message).toMatch(/never match/)
  })

  it('names a fact that this account cannot have', () => {
    const { warnings } = checkRule({ fact: 'firstDeal.utm_term', op: 'exists' })
    expect(warnings[0]?.path).toBe('rules[0].when')
  })

  it('warns of a part that can never hold although the rule can', () => {
    const { warnings } = checkRule({
      any: [
        { fact: 'ltv', op: 'gt', value: 5 },
        { fact: 'ltv', op: 'in', value: [] },
      ],
    })
    expect(warnings).toMatchObject([{ path: 'rules[0].when.any[1]', message: expect.stringContaining('never hold') }])
  })

  it.each([
    {
      all: [
        { fact: 'tags', op: 'contains', value: 'x' },
        { fact: 'tags', op: 'contains', value: 'y' },
      ],
    },
    {
      all: [
        { fact: 'field:4', op: 'eq', value: 41 },
        { fact: 'field:4', op: 'eq', value: 42 },
      ],
    },
    {
      all: [
        { fact: 'averageCheck', op: 'ne', value: 1 },
        { fact: 'averageCheck', op: 'not_exists' },
      ],
    },
    {
      all: [
        { fact: 'ltv', op: 'gte', value: 5 },
        { fact: 'ltv', op: 'lte', value: 5 },
      ],
    },
    {
      all: [
        { fact: 'createdAt', op: 'lte', value: '2026-01-01' },
        { fact: 'createdAt', op: 'gte', value: '2026-01-01' },
      ],
    },
    { not: { all: [{ fact: 'ltv', op: 'in', value: [] }] } },
    { fact: 'field:8', op: 'eq', value: false },
  ] satisfies Condition[])('is not said of %j', (when) => {
    expect(checkRule(when)).toEqual({ errors: [], warnings: [] })
  })
})
