import type { Rule } from './rule-schema.ts'

const readyMade = (
  id: string,
  target: Rule['target'],
  label: { ru: string; en: string },
  when: Rule['when'],
): Rule => ({
  id,
  label,
  target,
  enabled: false,
  when,
  tag: label,
  actions: [],
})

/** Rules that many accounts want. They come switched off: each is looked over, adjusted, and switched on by its account. */
export const READY_MADE_RULES: readonly Rule[] = [
  readyMade(
    'stuck_deal',
    'deal',
    { ru: 'Зависшая сделка', en: 'Stuck deal' },
    {
      all: [
        { fact: 'state', op: 'eq', value: 'open' },
        { fact: 'isCard', op: 'eq', value: false },
        { fact: 'daysInStatus', op: 'gte', value: 14 },
      ],
    },
  ),
  readyMade(
    'hot_lead_high_budget',
    'deal',
    { ru: 'Горячий лид с высоким бюджетом', en: 'Hot lead with a high budget' },
    {
      all: [
        { fact: 'state', op: 'eq', value: 'open' },
        { fact: 'isCard', op: 'eq', value: false },
        { fact: 'client.temperature', op: 'eq', value: 'hot' },
        { fact: 'price', op: 'gte', value: 100_000 },
      ],
    },
  ),
  readyMade(
    'vip',
    'client',
    { ru: 'VIP', en: 'VIP' },
    {
      any: [
        { fact: 'ltv', op: 'gte', value: 500_000 },
        { fact: 'purchases.count', op: 'gte', value: 10 },
      ],
    },
  ),
  readyMade(
    'one_time_buyer_60_days',
    'client',
    { ru: 'Купил один раз, 60 дней тишины', en: 'Bought once, silent for 60 days' },
    {
      all: [
        { fact: 'purchases.count', op: 'eq', value: 1 },
        { fact: 'daysSinceLastPurchase', op: 'gte', value: 60 },
      ],
    },
  ),
  readyMade(
    'birthday_soon',
    'client',
    { ru: 'День рождения в ближайшие 7 дней', en: 'Birthday within 7 days' },
    { fact: 'birthday.daysUntil', op: 'lte', value: 7 },
  ),
  readyMade(
    'from_advertising',
    'client',
    { ru: 'Пришёл с рекламы', en: 'Came from advertising' },
    { fact: 'firstDeal.utm_medium', op: 'in', value: ['cpc', 'cpm', 'ppc', 'cpa', 'paid', 'target', 'ads'] },
  ),
]
