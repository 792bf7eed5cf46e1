import fc from 'fast-check'
import type { AccountFacts, FieldInfo, PipelineFacts } from '../../src/segmentation/facts.ts'

/** Zones with and without summer time, on odd offsets, and such that change their clocks at midnight. */
export const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'America/Havana',
] as const

/** Stages of the pipelines of every account, the incoming ones first. Pipeline 3 keeps the clients' cards. */
export const STAGES: Readonly<Record<number, readonly number[]>> = {
  1: [10, 11, 12, 13],
  2: [20, 21, 22],
  3: [30, 31, 32, 33],
}
export const CARDS = 3

const NAMES: Readonly<Record<number, string>> = {
  10: 'Неразобранное',
  11: 'Первичный контакт',
  12: 'Переговоры',
  13: 'Оплачено',
  20: 'Неразобранное',
  21: 'Заявка',
  22: 'оплачено ',
  30: 'Неразобранное',
  31: 'Новый клиент',
  32: 'Повторная покупка',
  33: '12',
}

const field = (entity: FieldInfo['entity'], id: number, type: string, code: string | null = null): FieldInfo => ({
  entity,
  id,
  code,
  name: `Поле ${id}`,
  type,
  enums: /select|radio/.test(type)
    ? ['Красный', 'Синий', 'Зелёный'].map((value, index) => ({ id: id * 10 + index, value }))
    : [],
})

export const FIELDS: readonly FieldInfo[] = [
  field('contact', 901, 'text', 'CITY'),
  field('contact', 902, 'numeric', 'AGE'),
  field('contact', 903, 'select'),
  field('contact', 904, 'multiselect', 'TASTES'),
  field('contact', 905, 'date', 'UNTIL'),
  field('contact', 906, 'date_time'),
  field('contact', 907, 'birthday'),
  field('contact', 908, 'checkbox'),
  field('contact', 909, 'multitext', 'PHONE'),
  field('contact', 910, 'file'),
  field('contact', 911, 'select', 'SEGMENT'),
  field('company', 921, 'multitext', 'PHONE'),
  field('company', 922, 'date', 'UNTIL'),
  field('company', 923, 'radiobutton'),
  field('company', 924, 'monetary'),
  field('company', 925, 'text', 'CITY'),
  field('lead', 931, 'tracking_data', 'UTM_SOURCE'),
  field('lead', 932, 'date', 'PAID_AT'),
  field('lead', 933, 'price'),
  field('lead', 934, 'select'),
  field('lead', 935, 'date_time', 'VISIT'),
  field('lead', 936, 'birthday'),
]

export const LOSS_REASONS = [
  { id: 501, name: 'Спам' },
  { id: 502, name: 'Дорого' },
  { id: 503, name: 'Дубль' },
]

export const USERS = [
  { id: 5, name: 'Анна' },
  { id: 6, name: 'Борис' },
  { id: 7, name: 'анна' },
]

const CLOSING = [
  { id: 142, name: 'Успешно реализовано', sort: 10_000, type: 0 },
  { id: 143, name: 'Закрыто и не реализовано', sort: 11_000, type: 0 },
]

/** Sorts come in any order and may be equal; the incoming stage may stand last, and the closing ones may be unlisted. */
const pipeline = (id: number): fc.Arbitrary<PipelineFacts> =>
  fc
    .record({
      sorts: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }),
      closing: fc.boolean(),
      incoming: fc.boolean(),
    })
    .map(({ sorts, closing, incoming }) => ({
      id,
      name: id === 1 ? 'Продажи' : `Воронка ${id}`,
      sort: id,
      isMain: id === 1,
      statuses: [
        ...(STAGES[id] ?? []).map((stage, index) => ({
          id: stage,
          name: NAMES[stage] ?? '',
          sort: sorts[index] ?? 0,
          type: index === 0 && incoming ? 1 : 0,
        })),
        ...(closing ? CLOSING : []),
      ],
    }))

const days = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.double({ min: 1, max: 400, noNaN: true }))

/** An account: its stages in any order, its zone, and its gaps on either side of what makes them count. */
export const accountArbitrary: fc.Arbitrary<AccountFacts> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    pipelines: fc.tuple(pipeline(1), pipeline(2), pipeline(3)),
    count: fc.constantFrom(0, 99, 100, 5_000),
    quantileSeconds: fc.option(days.map((one) => one * 86_400)),
  })
  .map(({ timeZone, pipelines, count, quantileSeconds }) => ({
    id: 77,
    timeZone,
    currency: 'RUB',
    pipelines,
    lossReasons: LOSS_REASONS,
    fields: FIELDS,
    users: USERS,
    aggregates: { gaps: { count, quantileSeconds } },
  }))
