import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { READY_MADE_RULES } from '../../src/segmentation/rules/ready-made-rules.ts'
import { ACCOUNT, aRule, policyOf } from './rules-support.ts'

const check = (settings: unknown, account: typeof ACCOUNT | null = ACCOUNT) => checkPolicy(policyOf(settings), account)
const checkRule = (when: Condition, over: object = {}) => check({ rules: [aRule(when, over)] })

type Mistake = readonly [what: string, settings: unknown, path: string, says: RegExp]

const rule = (when: unknown, over: object = {}) => ({
  rules: [{ id: 'r', label: 'Р', target: 'client', when, ...over }],
})
const action = (over: object) => ({ id: 'a', type: 'field', field: 1, value: 'x', ...over })

const MISTAKES: readonly Mistake[] = [
  [
    'an unknown fact',
    rule({
      all: [
        { fact: 'ltv', op: 'exists' },
        { fact: 'ltw', op: 'exists' },
      ],
    }),
    'rules[0].when.all[1].fact',
    /"ltw".*mean "ltv"/,
  ],
  [
    'a fact of clients in a rule about deals',
    rule({ fact: 'ltv', op: 'exists' }, { target: 'deal' }),
    'rules[0].when.fact',
    /mean "client.ltv"/,
  ],
  ['a name of every object', rule({ fact: 'constructor', op: 'exists' }), 'rules[0].when.fact', /no fact/],
  ['an unknown field', rule({ not: { fact: 'field:999', op: 'exists' } }), 'rules[0].when.not.fact', /no field.*999/],
  ['a countdown to no date', rule({ fact: 'field:1.daysUntil', op: 'exists' }), 'rules[0].when.fact', /no date/],
  [
    'an unknown pipeline',
    rule({ fact: 'lastDeal.pipeline', op: 'eq', value: 'Закупки' }),
    'rules[0].when.value',
    /pipeline.*Продажи/,
  ],
  [
    'an unknown status',
    rule({ fact: 'lastDeal.status', op: 'in', value: [142, 999] }),
    'rules[0].when.value[1]',
    /status 999/,
  ],
  ['an unknown user', rule({ fact: 'responsible', op: 'eq', value: 'Пётр' }), 'rules[0].when.value', /user.*Анна/],
  [
    'an unknown loss reason',
    rule({ fact: 'lastDeal.lossReason', op: 'eq', value: 9 }),
    'rules[0].when.value',
    /loss reason 9.*Спам/,
  ],
  [
    'an unknown option',
    rule({ fact: 'field:3', op: 'eq', value: 'Зелёный' }),
    'rules[0].when.value',
    /option.*Красный/,
  ],
  [
    'an op the type does not take',
    rule({ fact: 'ltv', op: 'contains', value: '1' }),
    'rules[0].when.op',
    /"contains".*gte/,
  ],
  [
    'equality of flowing days',
    rule({ fact: 'daysSinceLastPurchase', op: 'eq', value: 1 }),
    'rules[0].when.op',
    /between/,
  ],
  [
    'more days than anyone lives to see',
    rule({ fact: 'daysSinceLastPurchase', op: 'gt', value: 36_501 }),
    'rules[0].when.value',
    /36501.*36,500 at most/,
  ],
  [
    'a countdown of as many',
    rule({ fact: 'field:5.daysUntil', op: 'between', value: [-1e12, 7] }),
    'rules[0].when.value[0]',
    /36,500 at most/,
  ],
  [
    'a text for a number',
    rule({ fact: 'ltv', op: 'between', value: [1, '2'] }),
    'rules[0].when.value[1]',
    /"2".*number/,
  ],
  [
    'a day that does not exist',
    rule({ fact: 'createdAt', op: 'lt', value: '2026-02-30' }),
    'rules[0].when.value',
    /2026-02-30/,
  ],
  [
    'an instant without its offset',
    rule({ fact: 'createdAt', op: 'lt', value: '2026-02-01T10:00' }),
    'rules[0].when.value',
    /Unix seconds/,
  ],
  [
    'a number for true or false',
    rule({ fact: 'hasPhone', op: 'eq', value: 1 }),
    'rules[0].when.value',
    /true or false/,
  ],
  [
    'an action on an unknown field',
    rule({ all: [] }, { actions: [action({ field: 999 })] }),
    'rules[0].actions[0].field',
    /no field 999/,
  ],
]

describe('what is refused', () => {
  it.each(MISTAKES)('%s', (_what, settings, path, says) => {
    const { errors } = check(settings)
    expect(errors.map((error) => error.path)).toEqual([path])
    expect(`${errors[0]?.message}. ${errors[0]?.advice}`).toMatch(says)
  })

  it('is told of as a warning while the rule is switched off', () => {
    const { errors, warnings } = checkRule({ fact: 'nope', op: 'exists' }, { enabled: false })
    expect(errors).toEqual([])
    expect(warnings.map((warning) => warning.path)).toEqual(['rules[0].when.fact'])
  })
})

describe('without an account', () => {
  it('takes names and fields as they are, and still knows facts and ops', () => {
    const parts: Condition[] = [
      { fact: 'field:999', op: 'eq', value: 1 },
      { fact: 'lastDeal.pipeline', op: 'eq', value: 'Закупки' },
      { fact: 'responsible', op: 'eq', value: 5 },
    ]
    expect(check({ rules: [aRule({ all: parts })], junkReasons: [8] }, null).errors).toEqual([])
    const { errors } = check({ rules: [aRule({ fact: 'ltv', op: 'contains', value: 'x' })] }, null)
    expect(errors.map((error) => error.path)).toEqual(['rules[0].when.op'])
  })
})

describe('tags that are borne twice', () => {
  const holds: Condition = { fact: 'ltv', op: 'gt', value: 1 }

  it.each([
    [
      'two rules',
      { rules: [aRule(holds, { id: 'a', tag: 'VIP' }), aRule(holds, { id: 'b', tag: 'vip' })] },
      'rules[1].tag',
    ],
    ['a rule and a segment', { rules: [aRule(holds, { tag: 'Спящий' })] }, 'rules[0].tag'],
    [
      'a rule and a segment by its own name',
      { targets: { lifecycle: { names: { new: 'Свежий' } } }, rules: [aRule(holds, { tag: 'свежий' })] },
      'rules[0].tag',
    ],
    ['two segments', { targets: { lifecycle: { names: { new: 'Холодный' } } } }, 'targets.temperature.names.cold'],
  ])('%s: a warning', (_what, settings, path) => {
    const { errors, warnings } = check(settings)
    expect(errors).toEqual([])
    expect(warnings.map((warning) => warning.path)).toEqual([path])
  })

  it('are no matter for rules that are off', () => {
    const rules = [aRule(holds, { id: 'a', tag: 'VIP' }), aRule(holds, { id: 'b', tag: 'VIP', enabled: false })]
    expect(check({ rules })).toEqual({ errors: [], warnings: [] })
  })
})

describe('the ready-made rules', () => {
  it('are off, and sound once they are switched on', () => {
    expect(READY_MADE_RULES.every((one) => !one.enabled)).toBe(true)
    const rules = READY_MADE_RULES.map((one) => ({ ...one, enabled: true }))
    const fields = [
      ...ACCOUNT.fields,
      { entity: 'lead' as const, id: 40, code: 'UTM_MEDIUM', name: 'utm_medium', type: 'tracking_data', enums: [] },
    ]
    expect(check({ rules }, { ...ACCOUNT, fields })).toEqual({ errors: [], warnings: [] })
  })
})
