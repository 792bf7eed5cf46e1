import { describe, expect, it } from 'vitest'
import type { FieldFacts } from '../../src/segmentation/facts.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { ACCOUNT, aClient, aDeal, aRule, ask, DAY, holds, NOON, values } from './rules-support.ts'

const midnight = (day: string) => Date.parse(`${day}T00:00:00+03:00`) / 1000

const fields: FieldFacts = {
  1: values('Санкт-Петербург'),
  2: values(35),
  3: { values: ['Красный'], enumIds: [31] },
  4: { values: ['Красный', 'Синий'], enumIds: [41, 42] },
  5: values(midnight('2026-06-20')),
  6: values(NOON - 3 * DAY),
  7: values(midnight('1985-06-20')),
  8: values(true),
  9: values('+7 921 000-00-00', '+7 812 111-11-11'),
  10: values('https://Example.com/x'),
  11: values('любит рыбалку'),
  12: values('Синий'),
  13: values('1500.50'),
  14: values('файл'),
}
const client = aClient({ fields })

const TABLE: readonly (readonly [Condition, boolean])[] = [
  [{ fact: 'field:1', op: 'eq', value: 'санкт-петербург' }, true],
  [{ fact: 'field:city', op: 'contains', value: 'ПЕТЕР' }, true],
  [{ fact: 'field:CITY', op: 'not_contains', value: 'Москва' }, true],
  [{ fact: 'field:1', op: 'in', value: ['Москва', 'Санкт-Петербург'] }, true],
  [{ fact: 'field:2', op: 'between', value: [30, 35] }, true],
  [{ fact: 'field:2', op: 'lt', value: 35 }, false],
  [{ fact: 'field:3', op: 'eq', value: 31 }, true],
  [{ fact: 'field:3', op: 'eq', value: 'красный' }, true],
  [{ fact: 'field:3', op: 'in', value: ['Синий'] }, false],
  [{ fact: 'field:4', op: 'contains', value: 'Синий' }, true],
  [{ fact: 'field:4', op: 'not_contains', value: 42 }, false],
  [{ fact: 'field:5', op: 'eq', value: '2026-06-20' }, true],
  [{ fact: 'field:5', op: 'gt', value: '2026-06-19' }, true],
  [{ fact: 'field:5', op: 'within_days', value: 30 }, false],
  [{ fact: 'field:5.daysUntil', op: 'eq', value: 6 }, true],
  [{ fact: 'field:5.daysUntil', op: 'between', value: [0, 5] }, false],
  [{ fact: 'field:6', op: 'within_days', value: 3 }, false],
  [{ fact: 'field:6', op: 'older_than_days', value: 3 }, true],
  [{ fact: 'field:6.daysUntil', op: 'eq', value: -3 }, true],
  [{ fact: 'field:7', op: 'lt', value: '1990-01-01' }, true],
  [{ fact: 'field:7.daysUntil', op: 'eq', value: 6 }, true],
  [{ fact: 'birthday.daysUntil', op: 'lte', value: 6 }, true],
  [{ fact: 'birthday.daysUntil', op: 'lt', value: 6 }, false],
  [{ fact: 'birthday.daysUntil', op: 'in', value: [1, 6] }, true],
  [{ fact: 'field:8', op: 'eq', value: true }, true],
  [{ fact: 'field:9', op: 'contains', value: '+7 812' }, true],
  [{ fact: 'field:PHONE', op: 'eq', value: '+7 921 000-00-00' }, true],
  [{ fact: 'field:phone', op: 'not_in', value: ['+7 921 000-00-00'] }, false],
  [{ fact: 'field:10', op: 'contains', value: 'example.com' }, true],
  [{ fact: 'field:11', op: 'exists' }, true],
  [{ fact: 'field:12', op: 'eq', value: 122 }, true],
  [{ fact: 'field:13', op: 'gt', value: 1_500 }, true],
  [{ fact: 'field:14', op: 'exists' }, true],
]

describe('custom fields of every type', () => {
  it.each(TABLE)('%j is %s', (condition, expected) => {
    expect(holds(condition, client)).toBe(expected)
  })

  it('reads a code from the field of the kind of client', () => {
    const company = aClient({ kind: 'company', fields: { 21: values('+7 495'), 9: values('+7 812') } })
    expect(holds({ fact: 'field:PHONE', op: 'contains', value: '495' }, company)).toBe(true)
    expect(holds({ fact: 'field:PHONE', op: 'contains', value: '812' }, company)).toBe(false)
  })

  it('reads fields of deals, of the deal itself and of the first and last one', () => {
    const deals = [
      aDeal({ id: 1, createdAt: NOON - 9 * DAY, fields: { 31: values('vk') } }),
      aDeal({ id: 2, createdAt: NOON - 8 * DAY, fields: { 31: values('yandex'), 33: values(12) } }),
    ]
    expect(holds({ fact: 'firstDeal.utm_source', op: 'eq', value: 'VK' }, aClient({ deals }))).toBe(true)
    expect(holds({ fact: 'lastDeal.field:UTM_SOURCE', op: 'eq', value: 'yandex' }, aClient({ deals }))).toBe(true)
    const { matches } = ask(aRule({ fact: 'field:33', op: 'gte', value: 12 }, { target: 'deal' }), aClient({ deals }))
    expect(matches.map((match) => match.dealId)).toEqual([2])
  })
})

describe('a date that is none', () => {
  it.each([1e15, -1e15, 1_767_225_600_000, 'soon'])('%s is absent', (value) => {
    const who = aClient({ fields: { 5: values(value), 7: values(value) } })
    expect(holds({ fact: 'field:5', op: 'not_exists' }, who)).toBe(true)
    expect(holds({ fact: 'field:5.daysUntil', op: 'ne', value: 3 }, who)).toBe(true)
    expect(holds({ fact: 'birthday.daysUntil', op: 'lt', value: 400 }, who)).toBe(false)
  })
})

describe('whose midnight a date stands for', () => {
  it.each(['Europe/Moscow', 'America/New_York', 'Asia/Vladivostok', 'UTC'])('both, in %s', (timeZone) => {
    const account = { ...ACCOUNT, timeZone }
    const local = ask(
      aRule({ fact: 'field:5', op: 'eq', value: '2026-06-20' }),
      aClient({ fields: { 5: values(Date.parse('2026-06-20T00:00:00Z') / 1000) } }),
      NOON,
      account,
    )
    expect(local.matches).toHaveLength(1)
  })
})
