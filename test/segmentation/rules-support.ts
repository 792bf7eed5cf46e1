import { readClient } from '../../src/segmentation/client-reading.ts'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import type { AccountFacts, ClientFacts, DealFacts, FieldFact, Seconds } from '../../src/segmentation/facts.ts'
import { type Policy, parsePolicy } from '../../src/segmentation/policy.ts'
import { compileRules } from '../../src/segmentation/rules/compile-rules.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { evaluateRules, type RulesAnswer } from '../../src/segmentation/rules/evaluate-rules.ts'
import type { Rule } from '../../src/segmentation/rules/rule-schema.ts'

export const DAY = 86_400

/** 14 June 2026, 12:00 in Moscow. */
export const NOON: Seconds = Date.parse('2026-06-14T12:00:00+03:00') / 1000

const status = (id: number, name: string, sort: number, type = 0) => ({ id, name, sort, type })

const field = (entity: 'lead' | 'contact' | 'company', id: number, type: string, name: string, code?: string) => ({
  entity,
  id,
  code: code ?? null,
  name,
  type,
  enums:
    type === 'select' || type === 'multiselect' || type === 'radiobutton'
      ? [
          { id: id * 10 + 1, value: 'Красный' },
          { id: id * 10 + 2, value: 'Синий' },
        ]
      : [],
})

export const ACCOUNT: AccountFacts = {
  id: 1,
  timeZone: 'Europe/Moscow',
  currency: 'RUB',
  pipelines: [
    {
      id: 10,
      name: 'Продажи',
      sort: 1,
      isMain: true,
      statuses: [
        status(100, 'Неразобранное', 1, 1),
        status(101, 'Первичный контакт', 2),
        status(102, 'Переговоры', 3),
        status(142, 'Успешно реализовано', 10),
        status(143, 'Закрыто и не реализовано', 11),
      ],
    },
    {
      id: 20,
      name: 'База клиентов',
      sort: 2,
      isMain: false,
      statuses: [status(200, 'Неразобранное', 1, 1), status(201, 'Переговоры', 2), status(202, 'Спящие', 3)],
    },
  ],
  lossReasons: [
    { id: 1, name: 'Спам' },
    { id: 2, name: 'Дорого' },
  ],
  fields: [
    field('contact', 1, 'text', 'Город', 'CITY'),
    field('contact', 2, 'numeric', 'Возраст'),
    field('contact', 3, 'select', 'Цвет'),
    field('contact', 4, 'multiselect', 'Интересы'),
    field('contact', 5, 'date', 'Договор до'),
    field('contact', 6, 'date_time', 'Визит'),
    field('contact', 7, 'birthday', 'День рождения'),
    field('contact', 8, 'checkbox', 'Рассылка'),
    field('contact', 9, 'multitext', 'Телефон', 'PHONE'),
    field('contact', 10, 'url', 'Сайт'),
    field('contact', 11, 'textarea', 'Заметки'),
    field('contact', 12, 'radiobutton', 'Пол'),
    field('contact', 13, 'monetary', 'Оборот'),
    field('contact', 14, 'file', 'Договор'),
    field('company', 21, 'multitext', 'Телефон', 'PHONE'),
    field('lead', 31, 'tracking_data', 'utm_source', 'UTM_SOURCE'),
    field('lead', 32, 'date', 'Дата оплаты', 'PAID_AT'),
    field('lead', 33, 'price', 'Скидка'),
  ],
  users: [{ id: 7, name: 'Анна' }],
  aggregates: { gaps: { count: 0, quantileSeconds: null } },
}

export const aDeal = (over: Partial<DealFacts> = {}): DealFacts => ({
  id: 1,
  pipelineId: 10,
  statusId: 102,
  price: 1_000,
  createdAt: NOON - 30 * DAY,
  updatedAt: NOON - 30 * DAY,
  closedAt: null,
  statusSince: null,
  lossReasonId: null,
  responsibleUserId: 7,
  tags: [],
  fields: {},
  ...over,
})

export const won = (id: number, at: Seconds, price = 1_000): DealFacts =>
  aDeal({ id, statusId: 142, price, closedAt: at, createdAt: at - DAY, updatedAt: at })

export const aClient = (over: Partial<ClientFacts> = {}): ClientFacts => ({
  kind: 'contact',
  id: 5,
  createdAt: NOON - 100 * DAY,
  responsibleUserId: 7,
  tags: [],
  fields: {},
  hasPhone: true,
  hasEmail: false,
  incomingAt: null,
  deals: [],
  locks: [],
  ...over,
})

export const values = (...list: (string | number | boolean)[]): FieldFact => ({ values: list })

export const policyOf = (input: unknown = {}): Policy => {
  const parsing = parsePolicy(input)
  if (parsing.type === 'invalid') throw new Error(JSON.stringify(parsing.problems))
  return parsing.policy
}

export const aRule = (when: Condition, over: Partial<Rule> = {}): Rule => ({
  id: 'rule',
  label: 'Правило',
  target: 'client',
  enabled: true,
  when,
  actions: [],
  ...over,
})

/** What rules answer about a client, for any instant. */
export const asker = (
  rule: Rule | readonly Rule[],
  client: ClientFacts,
  account: AccountFacts = ACCOUNT,
): ((now: Seconds) => RulesAnswer) => {
  const compiled = compileRules([rule].flat(), account)
  if (compiled.faults.length > 0) throw new Error(JSON.stringify(compiled.faults))
  const reading = readClient(client, compilePolicy(policyOf(), account))
  return (now) => evaluateRules(compiled, reading, now)
}

export const ask = (
  rule: Rule | readonly Rule[],
  client: ClientFacts,
  now: Seconds = NOON,
  account: AccountFacts = ACCOUNT,
): RulesAnswer => asker(rule, client, account)(now)

/** Whether a condition about the client holds. */
export const holds = (when: Condition, client: ClientFacts, now: Seconds = NOON): boolean =>
  ask(aRule(when), client, now).matches.length > 0
