import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import type { Rule } from '../../src/segmentation/rules/rule-schema.ts'
import { ACCOUNT, aClient, aDeal, aRule, ask, DAY, holds, NOON, policyOf, values, won } from './rules-support.ts'

const buyer = aClient({
  tags: ['VIP', 'Опт'],
  deals: [won(1, NOON - 60 * DAY, 5_000), won(2, NOON - 20 * DAY, 7_000), aDeal({ id: 3, price: null })],
})

const TABLE: readonly (readonly [Condition, boolean])[] = [
  [{ fact: 'purchases.count', op: 'eq', value: 2 }, true],
  [{ fact: 'purchases.count', op: 'ne', value: 2 }, false],
  [{ fact: 'purchases.count', op: 'lt', value: 2 }, false],
  [{ fact: 'purchases.count', op: 'lte', value: 2 }, true],
  [{ fact: 'purchases.count', op: 'gt', value: 2 }, false],
  [{ fact: 'purchases.count', op: 'gte', value: 2 }, true],
  [{ fact: 'purchases.count', op: 'in', value: [1, 2] }, true],
  [{ fact: 'purchases.count', op: 'not_in', value: [1, 2] }, false],
  [{ fact: 'purchases.count', op: 'in', value: [] }, false],
  [{ fact: 'purchases.count', op: 'between', value: [2, 3] }, true],
  [{ fact: 'purchases.count', op: 'between', value: [3, 2] }, false],
  [{ fact: 'purchases.medianGapDays', op: 'eq', value: 40 }, true],
  [{ fact: 'purchases.last', op: 'eq', value: NOON - 20 * DAY }, true],
  [{ fact: 'purchases.last', op: 'gt', value: NOON - 20 * DAY }, false],
  [{ fact: 'purchases.last', op: 'eq', value: '2026-05-25' }, true],
  [{ fact: 'purchases.last', op: 'lt', value: '2026-05-25' }, false],
  [{ fact: 'purchases.last', op: 'lte', value: '2026-05-25' }, true],
  [{ fact: 'purchases.last', op: 'gt', value: '2026-05-25' }, false],
  [{ fact: 'purchases.last', op: 'gte', value: '2026-05-25' }, true],
  [{ fact: 'purchases.last', op: 'between', value: ['2026-05-24', '2026-05-25'] }, true],
  [{ fact: 'purchases.last', op: 'between', value: ['2026-05-23', '2026-05-24'] }, false],
  [{ fact: 'purchases.first', op: 'gte', value: '2026-04-15T12:00:00+03:00' }, true],
  [{ fact: 'ltv', op: 'gte', value: 12_000 }, true],
  [{ fact: 'averageCheck', op: 'eq', value: 6_000 }, true],
  [{ fact: 'openDeals.count', op: 'eq', value: 1 }, true],
  [{ fact: 'openDeals.sum', op: 'eq', value: 0 }, true],
  [{ fact: 'lastDeal.price', op: 'exists' }, true],
  [{ fact: 'firstDeal.price', op: 'eq', value: 5_000 }, true],
  [{ fact: 'lifecycle', op: 'eq', value: 'periodic' }, true],
  [{ fact: 'lifecycle', op: 'in', value: ['regular', 'PERIODIC'] }, true],
  [{ fact: 'temperature', op: 'ne', value: 'hot' }, false],
  [{ fact: 'standing', op: 'exists' }, false],
  [{ fact: 'standing', op: 'ne', value: 'refused' }, true],
  [{ fact: 'value.tier', op: 'not_exists' }, true],
  [{ fact: 'tags', op: 'contains', value: 'vip ' }, true],
  [{ fact: 'tags', op: 'contains', value: 'VI' }, false],
  [{ fact: 'tags', op: 'not_contains', value: 'VIP' }, false],
  [{ fact: 'tags', op: 'in', value: ['Розница', 'опт'] }, true],
  [{ fact: 'tags', op: 'exists' }, true],
  [{ fact: 'responsible', op: 'eq', value: 'анна' }, true],
  [{ fact: 'responsible', op: 'eq', value: 7 }, true],
  [{ fact: 'responsible', op: 'eq', value: 0 }, false],
  [{ fact: 'hasPhone', op: 'eq', value: true }, true],
  [{ fact: 'hasEmail', op: 'ne', value: true }, true],
  [{ fact: 'incomingAt', op: 'not_exists' }, true],
  [{ fact: 'incomingAt', op: 'older_than_days', value: 0 }, false],
  [{ fact: 'kind', op: 'eq', value: 'contact' }, true],
  [{ all: [] }, true],
  [{ any: [] }, false],
  [{ not: { all: [] } }, false],
  [{ not: { not: { fact: 'ltv', op: 'gt', value: 1 } } }, true],
  [{ not: { any: [{ fact: 'ltv', op: 'gt', value: 1 }] } }, false],
]

describe('comparisons of a client', () => {
  it.each(TABLE)('%j is %s', (condition, expected) => {
    expect(holds(condition, buyer)).toBe(expected)
    expect(holds({ not: condition }, buyer)).toBe(!expected)
  })
})

describe('what is absent', () => {
  const nobody = aClient({ tags: [] })

  it.each([
    [{ fact: 'averageCheck', op: 'lt', value: 5 }, false],
    [{ fact: 'averageCheck', op: 'ne', value: 5 }, true],
    [{ fact: 'averageCheck', op: 'not_in', value: [5] }, true],
    [{ fact: 'daysSinceLastPurchase', op: 'gt', value: 0 }, false],
    [{ fact: 'daysSinceLastPurchase', op: 'not_exists' }, true],
    [{ fact: 'tags', op: 'exists' }, false],
    [{ fact: 'tags', op: 'not_contains', value: 'x' }, true],
    [{ fact: 'lastDeal.price', op: 'lt', value: 1 }, true],
    [{ fact: 'lastDeal.status', op: 'eq', value: 142 }, false],
    [{ fact: 'field:1', op: 'ne', value: 'Москва' }, true],
    [{ fact: 'field:8', op: 'eq', value: false }, true],
    [{ fact: 'field:8', op: 'exists' }, false],
  ] satisfies [Condition, boolean][])('fits what is not wanted: %j is %s', (condition, expected) => {
    expect(holds(condition, nobody)).toBe(expected)
  })
})

describe('rules about deals', () => {
  const client = aClient({
    tags: ['VIP'],
    deals: [
      aDeal({ id: 9, price: 50, statusId: 201, pipelineId: 20, tags: ['Срочно'] }),
      aDeal({ id: 4, price: 500, fields: { 31: values('Yandex') }, sourceId: 77 }),
      aDeal({ id: 6, statusId: 143, lossReasonId: 2, closedAt: NOON - DAY }),
      won(8, NOON - 2 * DAY, 900),
    ],
  })
  const dealsWhere = (when: Condition) => ask(aRule(when, { target: 'deal' }), client).matches.map((one) => one.dealId)

  it.each([
    [{ fact: 'pipeline', op: 'eq', value: 'база клиентов' }, [9]],
    [{ fact: 'pipeline', op: 'eq', value: 10 }, [4, 6, 8]],
    [{ fact: 'status', op: 'eq', value: 'Переговоры' }, [4, 9]],
    [{ fact: 'status', op: 'in', value: [142, 143] }, [6, 8]],
    [{ fact: 'state', op: 'eq', value: 'open' }, [4, 9]],
    [{ fact: 'state', op: 'eq', value: 'lost' }, [6]],
    [{ fact: 'price', op: 'between', value: [500, 900] }, [4, 8]],
    [{ fact: 'lossReason', op: 'eq', value: 'дорого' }, [6]],
    [{ fact: 'source', op: 'eq', value: 77 }, [4]],
    [{ fact: 'utm_source', op: 'contains', value: 'yand' }, [4]],
    [{ fact: 'utm_medium', op: 'exists' }, []],
    [{ fact: 'tags', op: 'contains', value: 'срочно' }, [9]],
    [{ fact: 'client.tags', op: 'contains', value: 'VIP' }, [4, 6, 8, 9]],
    [{ fact: 'client.purchases.count', op: 'gte', value: 2 }, []],
    [{ fact: 'client.lastDeal.price', op: 'eq', value: 900 }, [4, 6, 8, 9]],
    [{ fact: 'closedAt', op: 'within_days', value: 2 }, [6]],
    [{ fact: 'closedAt', op: 'older_than_days', value: 2 }, [8]],
  ] satisfies [Condition, number[]][])('%j names the deals %j', (condition, expected) => {
    expect(dealsWhere(condition)).toEqual(expected)
  })

  it('leave the client’s own card out of his deals, and know it as such', () => {
    const settings = { card: { pipelineId: 20, statuses: { sleeping: 202 } } }
    const notCard = aRule({ fact: 'isCard', op: 'eq', value: false }, { target: 'deal' })
    const dealsOf = (rule: Rule) =>
      decide(client, compilePolicy(policyOf({ ...settings, rules: [rule] }), ACCOUNT), NOON)
    expect(dealsOf(notCard).rules.map((match) => match.dealId)).toEqual([4, 6, 8])
    const three = aRule({
      all: [
        { fact: 'deals.count', op: 'eq', value: 3 },
        { fact: 'openDeals.count', op: 'eq', value: 1 },
        { fact: 'firstDeal.pipeline', op: 'eq', value: 10 },
      ],
    })
    expect(dealsOf(three).rules).toHaveLength(1)
  })

  it('sorts matches by rule id, then deal id', () => {
    const when: Condition = { fact: 'state', op: 'eq', value: 'open' }
    const rules = ['b', 'a'].map((id) => aRule(when, { id, target: 'deal' }))
    const { matches } = ask([...rules, aRule({ all: [] }, { id: 'aa' })], client)
    expect(matches.map(({ ruleId, dealId }) => [ruleId, dealId])).toEqual([
      ['a', 4],
      ['a', 9],
      ['aa', null],
      ['b', 4],
      ['b', 9],
    ])
  })

  it('leaves a rule that is switched off unasked', () => {
    expect(ask(aRule({ all: [] }, { enabled: false }), client).matches).toEqual([])
  })
})

describe('the reason of a match', () => {
  it('names the facts that made it hold, and what they were compared with', () => {
    const when: Condition = {
      all: [
        { fact: 'ltv', op: 'gte', value: 10_000 },
        { not: { fact: 'tags', op: 'contains', value: 'Чёрный список' } },
        {
          any: [
            { fact: 'purchases.count', op: 'gt', value: 50 },
            { fact: 'responsible', op: 'eq', value: 7 },
          ],
        },
        { fact: 'daysSinceLastPurchase', op: 'gte', value: 20 },
      ],
    }
    const [match] = ask(aRule(when), buyer).matches
    expect(match?.reason).toEqual({
      code: 'rule',
      ignored: [],
      facts: {
        ltv: 12_000,
        'ltv.gte': 10_000,
        tags: ['VIP', 'Опт'],
        'tags.not_contains': 'Чёрный список',
        responsible: 'Анна',
        'responsible.eq': 7,
        'purchases.last': NOON - 20 * DAY,
        'daysSinceLastPurchase.gte': 20,
      },
    })
  })
})
