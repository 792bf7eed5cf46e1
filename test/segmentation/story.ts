import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import type { AccountFacts, ClientFacts, DealFacts, Seconds } from '../../src/segmentation/facts.ts'
import { type Policy, type PolicyInput, parsePolicy } from '../../src/segmentation/policy.ts'
import type { Verdict } from '../../src/segmentation/verdict.ts'

export const DAY = 86_400

/** `2026-08-14 10:30` or `2026-08-14 10:30:15` on a Moscow clock; a day alone is its noon. */
export const at = (moment: string): Seconds => {
  const [day, time = '12:00'] = moment.split(' ')
  return Date.parse(`${day}T${time}+03:00`) / 1000
}

export const SALES = 1
export const SERVICE = 2
export const BASE = 3
export const INCOMING = 10
export const FIRST = 11
export const TALKS = 12
export const PAID = 13
export const SPAM = 501
export const PRICE = 502

const closing = [
  { id: 142, name: 'Успешно реализовано', sort: 10_000, type: 0 },
  { id: 143, name: 'Закрыто и не реализовано', sort: 11_000, type: 0 },
]

export const account: AccountFacts = {
  id: 77,
  timeZone: 'Europe/Moscow',
  currency: 'RUB',
  pipelines: [
    {
      id: SALES,
      name: 'Продажи',
      sort: 1,
      isMain: true,
      statuses: [
        { id: INCOMING, name: 'Неразобранное', sort: 10, type: 1 },
        { id: TALKS, name: 'Переговоры', sort: 30, type: 0 },
        { id: FIRST, name: 'Первичный контакт', sort: 20, type: 0 },
        { id: PAID, name: 'Оплачено', sort: 40, type: 0 },
        ...closing,
      ],
    },
    {
      id: SERVICE,
      name: 'Сервис',
      sort: 2,
      isMain: false,
      statuses: [
        { id: 21, name: 'Заявка', sort: 20, type: 0 },
        { id: 22, name: 'Оплачено', sort: 30, type: 0 },
        ...closing,
      ],
    },
    {
      id: BASE,
      name: 'Клиентская база',
      sort: 3,
      isMain: false,
      statuses: [
        { id: 31, name: 'Новый клиент', sort: 20, type: 0 },
        { id: 32, name: 'Повторная покупка', sort: 30, type: 0 },
        { id: 33, name: 'Спящий клиент', sort: 40, type: 0 },
        ...closing,
      ],
    },
  ],
  lossReasons: [
    { id: SPAM, name: 'Спам' },
    { id: PRICE, name: 'Дорого' },
  ],
  fields: [
    { entity: 'lead', id: 901, code: 'PAID_AT', name: 'Дата оплаты', type: 'date', enums: [] },
    { entity: 'lead', id: 902, code: 'UTM_SOURCE', name: 'utm_source', type: 'tracking_data', enums: [] },
    { entity: 'contact', id: 911, code: null, name: 'Сегмент', type: 'select', enums: [{ id: 1, value: 'Спящий' }] },
    { entity: 'contact', id: 912, code: 'CITY', name: 'Город', type: 'text', enums: [] },
    { entity: 'company', id: 921, code: 'CITY', name: 'Город', type: 'text', enums: [] },
  ],
  users: [{ id: 5, name: 'Анна' }],
  aggregates: { gaps: { count: 0, quantileSeconds: null } },
}

let lastId = 1_000

/** A deal that is won on a given moment, for 1,000 unless said otherwise. */
export const won = (moment: string, more: Partial<DealFacts> = {}): DealFacts =>
  deal(142, { closedAt: at(moment), createdAt: at(moment) - DAY, updatedAt: at(moment), ...more })

/** A deal that is lost on a given moment for a given reason. */
export const lost = (moment: string, lossReasonId: number | null, more: Partial<DealFacts> = {}): DealFacts =>
  deal(143, { closedAt: at(moment), createdAt: at(moment) - DAY, updatedAt: at(moment), lossReasonId, ...more })

/** A deal in a status of the sales pipeline, open unless the status is 142 or 143. */
export const deal = (statusId: number, more: Partial<DealFacts> = {}): DealFacts => {
  lastId += 1
  return {
    id: lastId,
    pipelineId: SALES,
    statusId,
    price: 1_000,
    createdAt: at('2026-01-01'),
    updatedAt: at('2026-01-01'),
    closedAt: null,
    statusSince: null,
    lossReasonId: null,
    responsibleUserId: 5,
    tags: [],
    fields: {},
    ...more,
  }
}

/** A reachable contact with these deals. */
export const client = (deals: readonly DealFacts[] = [], more: Partial<ClientFacts> = {}): ClientFacts => ({
  kind: 'contact',
  id: 42,
  createdAt: at('2025-01-01'),
  responsibleUserId: 5,
  tags: [],
  fields: {},
  hasPhone: true,
  hasEmail: false,
  incomingAt: null,
  deals,
  locks: [],
  ...more,
})

/** The policy that differs from the default in what is given. */
export const policyWith = (settings: PolicyInput = {}): Policy => {
  const parsed = parsePolicy(settings)
  if (parsed.type === 'invalid') throw new Error(JSON.stringify(parsed.problems))
  return parsed.policy
}

export const compiled = (settings: PolicyInput = {}, around: Partial<AccountFacts> = {}) =>
  compilePolicy(policyWith(settings), { ...account, ...around })

/** The verdict on a moment of the Moscow clock. */
export const seen = (
  who: ClientFacts,
  moment: string,
  settings: PolicyInput = {},
  around: Partial<AccountFacts> = {},
): Verdict => decide(who, compiled(settings, around), at(moment))
