import { describe, expect, it } from 'vitest'
import { decide } from '../../src/segmentation/decide.ts'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import { type PlanOptions, planActions } from '../../src/segmentation/plan-actions.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { segmentsOf } from '../../src/segmentation/transitions.ts'
import { at, client, compiled, DAY, deal, TALKS, won } from './story.ts'

const task = { id: 'call', type: 'task', text: 'Позвонить' } as const
const whenAsleep = (action: object, more: object = {}) =>
  ({
    actions: [{ dimension: 'lifecycle', to: ['sleeping'], actions: [{ ...task, ...action }], ...more }],
  }) as PolicyInput

const buyer = client([won('2026-03-01 10:00', { id: 1203, price: 12_500 })])
const LIVE: PlanOptions = { backfill: false }

/** What is planned when a client remembered on one moment is looked at on another. */
const planned = (
  settings: PolicyInput,
  { who = buyer, before = '2026-05-01', now = '2026-06-08', options = LIVE }: Scene = {},
) => {
  const policy = compiled(settings)
  const from = before === null ? null : segmentsOf(decide(who, policy, at(before)))
  return planActions(from, decide(who, policy, at(now)), who, policy, options)
}

interface Scene {
  readonly who?: ClientFacts
  /** Null: never decided before. */
  readonly before?: string | null
  readonly now?: string
  readonly options?: PlanOptions
}

describe('actions on entry', () => {
  it('are planned once a segment is entered', () => {
    expect(planned(whenAsleep({}))).toMatchObject([
      {
        type: 'task',
        actionId: 'call',
        cause: { dimension: 'lifecycle', from: 'one_time', to: 'sleeping' },
        entity: { type: 'contact', id: 42 },
        text: 'Позвонить',
        completeTill: at('2026-06-08') + DAY,
        responsibleUserId: 5,
        taskTypeId: null,
      },
    ])
  })

  it.each<[string, PolicyInput, Scene]>([
    ['the segment did not change', whenAsleep({}), { before: '2026-06-01' }],
    ['he came from elsewhere', whenAsleep({}, { from: ['regular'] }), {}],
    ['he entered another segment', whenAsleep({}, { to: ['regular'] }), {}],
    ['the base is gone through', whenAsleep({}), { options: { backfill: true } }],
    [
      'a segment is asked for that he comes from, and he was never decided',
      whenAsleep({}, { from: ['one_time'] }),
      { before: null },
    ],
    [
      'it cools down',
      whenAsleep({ coolDownDays: 30 }),
      { options: { backfill: false, lastFiredAt: () => at('2026-06-08') - 30 * DAY + 1 } },
    ],
  ])('are not planned when %s', (_story, settings, scene) => {
    expect(planned(settings, scene)).toEqual([])
  })

  it.each<[string, PolicyInput, Scene]>([
    ['for a client never decided before', whenAsleep({}), { before: null }],
    ['while the base is gone through, if asked', whenAsleep({ duringBackfill: true }), { options: { backfill: true } }],
    ['for any segment, if none is named', whenAsleep({}, { to: [] }), {}],
    ['from a segment that is named', whenAsleep({}, { from: ['one_time'] }), {}],
    [
      'at the second it has cooled down',
      whenAsleep({ coolDownDays: 30 }),
      { options: { backfill: false, lastFiredAt: () => at('2026-06-08') - 30 * DAY } },
    ],
  ])('are planned %s', (_story, settings, scene) => {
    expect(planned(settings, scene)).toHaveLength(1)
  })

  it('have the same key however late the same transition is planned, and another for the next one', () => {
    const [first, again] = ['2026-06-08', '2026-06-09'].map((now) => planned(whenAsleep({}), { now })[0]?.key)
    expect(again).toBe(first)
    expect(planned(whenAsleep({}), { before: '2026-05-02' })[0]?.key).not.toBe(first)
    expect(planned(whenAsleep({ id: 'other' }))[0]?.key).not.toBe(first)
  })

  it('follow the tier and the standing too', () => {
    const value = { tiers: [{ label: 'Золото', from: 10_000 }] }
    const actions = [
      { dimension: 'value', to: ['Золото'], actions: [task] },
      { dimension: 'standing', actions: [{ ...task, id: 'standing' }] },
    ] as const
    const settings = { value, actions: [...actions] } as unknown as PolicyInput
    expect(planned(settings, { before: null }).map((one) => one.cause)).toMatchObject([
      { dimension: 'value', to: 'Золото' },
    ])
    const fresh = client([deal(TALKS)])
    expect(planned(settings, { who: fresh, before: null }).map((one) => one.cause)).toMatchObject([
      { dimension: 'standing', to: 'in_work' },
    ])
  })

  it('follow rules: once for each deal that begins to match', () => {
    const rule = {
      id: 'big',
      label: 'Крупная',
      target: 'deal',
      when: { fact: 'price', op: 'gte', value: 5_000 },
      actions: [{ ...task, on: 'deal' }],
    } as const
    const big = deal(TALKS, { id: 70, price: 9_000 })
    const who = client([big, deal(TALKS, { id: 71, price: 1 })])
    const settings = { rules: [rule] } as unknown as PolicyInput
    expect(planned(settings, { who, before: null })).toMatchObject([
      { cause: { dimension: 'rule', ruleId: 'big', dealId: 70 }, entity: { type: 'deal', id: 70 } },
    ])
    expect(planned(settings, { who })).toEqual([])
  })
})

describe('what an action is made on', () => {
  const withDeals = client([...buyer.deals, deal(TALKS, { id: 80 }), deal(TALKS, { id: 81 })])
  const company = { ...buyer, kind: 'company' } as const

  it('is the newest open deal where the policy says so', () => {
    expect(planned(whenAsleep({ on: 'deal' }), { who: withDeals })).toMatchObject([
      { entity: { type: 'deal', id: 81 } },
    ])
  })

  it('is the client where there is no open deal for a task', () => {
    expect(planned(whenAsleep({ on: 'deal' }))).toMatchObject([{ entity: { type: 'contact', id: 42 } }])
  })

  it.each<[string, object, ClientFacts, object[]]>([
    [
      'a field of the client',
      { type: 'field', text: undefined, field: 'CITY', value: 'Тула' },
      buyer,
      [{ fieldId: 912, value: 'Тула' }],
    ],
    [
      'a field by the code of his kind',
      { type: 'field', text: undefined, field: 'CITY', value: null },
      company,
      [{ fieldId: 921, value: null }],
    ],
    ['no field of the other kind', { type: 'field', text: undefined, field: 912, value: 1 }, company, []],
    [
      'no field of a deal that is not there',
      { type: 'field', text: undefined, on: 'deal', field: 901, value: 1 },
      buyer,
      [],
    ],
    [
      'a bot on a contact',
      { type: 'salesbot', text: undefined, botId: 6 },
      buyer,
      [{ botId: 6, entity: { type: 'contact', id: 42 } }],
    ],
    ['no bot on a company', { type: 'salesbot', text: undefined, botId: 6 }, company, []],
    [
      "a bot on a company's deal",
      { type: 'salesbot', text: undefined, botId: 6 },
      { ...withDeals, kind: 'company' },
      [{ entity: { type: 'deal', id: 81 } }],
    ],
  ])('%s', (_story, action, who, expected) => {
    const { text: _text, ...rest } = { ...task, ...action }
    const settings = {
      actions: [{ dimension: 'lifecycle', to: ['sleeping'], actions: [rest] }],
    } as unknown as PolicyInput
    expect(planned(settings, { who })).toMatchObject(expected)
    expect(planned(settings, { who })).toHaveLength(expected.length)
  })

  it('tells a webhook who went where and why', () => {
    const settings = {
      actions: [
        {
          dimension: 'lifecycle',
          to: ['sleeping'],
          actions: [{ id: 'hook', type: 'webhook', url: 'https://example.org/in' }],
        },
      ],
    } as PolicyInput
    expect(planned(settings)).toMatchObject([
      {
        url: 'https://example.org/in',
        body: {
          accountId: 77,
          client: { kind: 'contact', id: 42 },
          dimension: 'lifecycle',
          from: 'one_time',
          to: 'sleeping',
          at: at('2026-06-08'),
          reasons: [expect.stringContaining('Спящий: последняя покупка 01.03.2026')],
        },
      },
    ])
  })
})

describe('the text of an action', () => {
  const text = (template: string, scene: Scene = {}) => {
    const [action] = planned(whenAsleep({ text: template }), scene)
    return action?.type === 'task' ? action.text.replaceAll('\u00a0', ' ') : null
  }

  it.each([
    ['{segment} вместо {previous}', 'Спящий вместо Разовый'],
    ['{ reason }', 'Спящий: последняя покупка 01.03.2026 (сделка № 1203, 12 500 ₽), 99 дней назад; порог 90 дней'],
    ['{purchases}: {ltv}, в среднем {averageCheck}', '1: 12 500 ₽, в среднем 12 500 ₽'],
    [
      '{lastPurchase}, {daysSinceLastPurchase} дн., клиент {clientId}, сделка {dealId}',
      '01.03.2026, 99 дн., клиент 42, сделка 1203',
    ],
  ])('%s', (template, expected) => {
    expect(text(template)).toBe(expected)
  })

  it('puts a dash for what there is not', () => {
    expect(text('было: {previous}', { before: null })).toBe('было: —')
  })
})
