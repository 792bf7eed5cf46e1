import { describe, expect, it } from 'vitest'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { type DimensionName, renderAnswer } from '../../src/segmentation/render/render-answer.ts'
import { at, client, DAY, deal, FIRST, lost, PRICE, SPAM, TALKS, won } from './story.ts'
import { says, scene } from './told.ts'

const buyer = client([won('2026-08-14', { id: 1203, price: 12_500 })])
const regular = client(
  ['2026-07-01', '2026-08-01', '2026-08-14'].map((day, index) => won(day, { id: 1201 + index, price: 12_500 })),
)

describe('an answer in Russian', () => {
  it.each<[DimensionName, ClientFacts, string, PolicyInput, string]>([
    [
      'lifecycle',
      buyer,
      '2026-11-21',
      {},
      'Спящий: последняя покупка 14.08.2026 (сделка № 1203, 12 500 ₽), 99 дней назад; порог 90 дней',
    ],
    [
      'lifecycle',
      buyer,
      '2026-09-04',
      {},
      'Разовый: единственная покупка 14.08.2026 (сделка № 1203, 12 500 ₽), 21 день назад; порог 90 дней',
    ],
    [
      'lifecycle',
      buyer,
      '2026-08-16',
      { firstPurchaseIsNewForDays: 30 },
      'Новый: первая покупка 14.08.2026 (сделка № 1203, 12 500 ₽), 2 дня назад; новым остаётся 30 дней',
    ],
    [
      'lifecycle',
      buyer,
      '2026-08-14 18:00',
      {},
      'Разовый: единственная покупка 14.08.2026 (сделка № 1203, 12 500 ₽), меньше суток назад; порог 90 дней',
    ],
    [
      'lifecycle',
      buyer,
      '2026-08-01',
      {},
      'Разовый: единственная покупка 14.08.2026 (сделка № 1203, 12 500 ₽), эта дата ещё не наступила; порог 90 дней',
    ],
    ['lifecycle', client(), '2026-08-16', {}, 'Новый: покупок ещё не было'],
    [
      'lifecycle',
      regular,
      '2026-08-16',
      { sleeping: { mode: 'rhythm' } },
      'Постоянный: не меньше 3 покупок за 365 дней (всего 3), последняя 14.08.2026 (сделка № 1203, 12 500 ₽), 2 дня назад; порог 44 дня по собственному ритму (обычно покупает раз в 22 дня)',
    ],
    [
      'lifecycle',
      client([
        won('2026-08-01', { id: 7, price: 0.5 }),
        won('2026-08-14 09:00', { id: 8, price: 1_000_000 }),
        won('2026-08-14', { id: 9, price: 0.5 }),
      ]),
      '2026-08-15',
      {},
      'Периодический: 2 покупки, последняя 14.08.2026 (сделки № 8, 9, 1 000 000,50 ₽), 1 день назад; порог 90 дней',
    ],
    [
      'temperature',
      buyer,
      '2026-08-19',
      {},
      'Горячий: покупает, последняя покупка 14.08.2026 (сделка № 1203, 12 500 ₽), 5 дней назад; порог 90 дней',
    ],
    [
      'temperature',
      client([deal(TALKS, { id: 17 })]),
      '2026-08-19',
      {},
      'Тёплый: сделка № 17 продвинулась дальше первых этапов (сейчас «Переговоры»)',
    ],
    [
      'temperature',
      client([], { incomingAt: at('2026-02-01') }),
      '2026-08-19',
      {},
      'Тёплый: есть входящее обращение от 01.02.2026',
    ],
    ['temperature', client(), '2026-08-19', {}, 'Холодный: нет ни сделок, ни входящих обращений'],
    ['temperature', client([deal(FIRST)]), '2026-08-19', {}, 'Холодный: 1 сделка без интереса, входящих обращений нет'],
    [
      'standing',
      client([deal(TALKS, { id: 17 }), deal(FIRST, { id: 18 })]),
      '2026-08-19',
      {},
      'В работе: открыты сделки № 17, 18',
    ],
    [
      'standing',
      client([lost('2026-08-01', PRICE, { id: 17 })]),
      '2026-08-19',
      {},
      'Отказник: сделка № 17 потеряна 01.08.2026, причина «Дорого»',
    ],
    [
      'standing',
      client([lost('2026-08-01', SPAM, { id: 17 })]),
      '2026-08-19',
      { junkReasons: [SPAM] },
      'Некачественный: последняя потерянная сделка № 17 закрыта 01.08.2026 с причиной «Спам»',
    ],
    [
      'standing',
      client([], { hasPhone: false }),
      '2026-08-19',
      {},
      'Некачественный: нет ни телефона, ни почты, ни входящих обращений',
    ],
    ['value', regular, '2026-08-19', {}, 'Ценность: покупок на 37 500 ₽ за всё время, средний чек 12 500 ₽'],
    [
      'value',
      regular,
      '2026-08-19',
      { value: { tiers: [{ label: 'Золото', from: 20_000 }], windowDays: 30 } },
      'Золото: покупок на 25 000 ₽ за 30 дней (уровень от 20 000 ₽), средний чек 12 500 ₽',
    ],
    [
      'lifecycle',
      client(buyer.deals, {
        locks: [{ dimension: 'lifecycle', segment: 'regular', author: 'Анна', until: at('2026-12-31') }],
      }),
      '2026-08-19',
      {},
      'Постоянный: закреплено вручную до 31.12.2026 (Анна); по данным — Разовый',
    ],
    [
      'lifecycle',
      buyer,
      '2026-11-21',
      { targets: { lifecycle: { names: { sleeping: 'Потерянный' } } } },
      'Потерянный: последняя покупка 14.08.2026 (сделка № 1203, 12 500 ₽), 99 дней назад; порог 90 дней',
    ],
  ])('%s %#', (dimension, who, moment, settings, expected) => {
    expect(says(dimension, who, moment, { settings })).toBe(expected)
  })

  it('does not let a line end between a number and its unit', () => {
    const { verdict, voice } = scene(buyer, '2026-11-21', {})
    expect(renderAnswer('lifecycle', verdict, voice)).toMatch(
      /№\u00a01203, 12\u00a0500\u00a0₽\), 99\u00a0дней назад; порог 90\u00a0дней$/,
    )
  })

  it('says nothing where there is no answer', () => {
    expect(says('standing', buyer, '2026-08-19')).toBeUndefined()
  })

  it("dates by the account's own wall clock", () => {
    const late = client([won('2026-08-14', { id: 1, closedAt: Date.parse('2026-08-14T20:30:00Z') / 1000 })])
    expect(says('lifecycle', late, '2026-08-19')).toContain('14.08.2026')
    expect(says('lifecycle', late, '2026-08-19', { around: { timeZone: 'Asia/Vladivostok' } })).toContain('15.08.2026')
  })

  it.each([
    ['USD', '12 500 $'],
    ['KZT', '12 500 ₸'],
    ['монет', '12 500 монет'],
  ])('counts money in %s', (currency, expected) => {
    expect(says('value', buyer, '2026-08-19', { around: { currency } })).toContain(expected)
  })

  it('speaks of days in whole ones, and of a rhythm in tenths', () => {
    const odd = client([0, 10.25, 20.5].map((days) => won('2026-08-01', { closedAt: at('2026-08-01') + days * DAY })))
    expect(says('lifecycle', odd, '2026-08-24', { settings: { sleeping: { mode: 'rhythm' } } })).toContain(
      'раз в 10,3 дня',
    )
  })
})

describe('an answer in English', () => {
  it.each<[DimensionName, ClientFacts, string, string]>([
    [
      'lifecycle',
      buyer,
      '2026-11-21',
      'Sleeping: last purchase 14 Aug 2026 (deal no. 1203, ₽12,500), 99 days ago; threshold 90 days',
    ],
    [
      'lifecycle',
      buyer,
      '2026-08-15 12:00',
      'One-time: the only purchase 14 Aug 2026 (deal no. 1203, ₽12,500), 1 day ago; threshold 90 days',
    ],
    ['lifecycle', client(), '2026-08-15', 'New: no purchase yet'],
    [
      'temperature',
      client([deal(TALKS, { id: 17 })]),
      '2026-08-19',
      'Warm: deal no. 17 went beyond the first stages (now “Переговоры”)',
    ],
    [
      'standing',
      client([lost('2026-08-01', null, { id: 17 })]),
      '2026-08-19',
      'Refused: deal no. 17 was lost on 1 Aug 2026, no reason given',
    ],
    ['value', regular, '2026-08-19', 'Value: purchases of ₽37,500 in all, average purchase ₽12,500'],
  ])('%s %#', (dimension, who, moment, expected) => {
    expect(says(dimension, who, moment, { language: 'en' })).toBe(expected)
  })
})
