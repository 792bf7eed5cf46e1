import type { PolicyInput } from '../src/segmentation/policy.ts'

type Rules = NonNullable<PolicyInput['rules']>
type Condition = Rules[number]['when']

const client = (when: Condition) => ({ target: 'client' as const, when })
const deal = (when: Condition) => ({ target: 'deal' as const, when })

const DRAFTS = [
  client({ fact: 'ltv', op: 'gte', value: 300_000 }),
  client({ fact: 'averageCheck', op: 'between', value: [20_000, 60_000] }),
  client({ fact: 'purchases.count', op: 'gte', value: 5 }),
  client({ fact: 'daysSinceLastPurchase', op: 'gte', value: 60 }),
  client({ fact: 'daysSinceFirstPurchase', op: 'lt', value: 365 }),
  client({ fact: 'purchases.last', op: 'within_days', value: 30 }),
  client({ fact: 'purchases.medianGapDays', op: 'lte', value: 45 }),
  client({ fact: 'openDeals.count', op: 'gte', value: 2 }),
  client({ fact: 'openDeals.sum', op: 'gte', value: 100_000 }),
  client({ fact: 'lostDeals.count', op: 'gte', value: 3 }),
  client({ fact: 'lifecycle', op: 'in', value: ['regular', 'periodic'] }),
  client({ not: { fact: 'temperature', op: 'eq', value: 'cold' } }),
  client({ fact: 'tags', op: 'contains', value: 'опт' }),
  client({ fact: 'createdAt', op: 'older_than_days', value: 180 }),
  client({
    all: [
      { fact: 'purchases.count', op: 'eq', value: 1 },
      {
        any: [
          { fact: 'daysSinceLastPurchase', op: 'gte', value: 30 },
          { fact: 'ltv', op: 'lt', value: 5_000 },
        ],
      },
    ],
  }),
  client({
    any: [
      { fact: 'hasPhone', op: 'eq', value: false },
      { fact: 'hasEmail', op: 'eq', value: false },
    ],
  }),
  client({
    all: [
      { fact: 'lifecycle', op: 'eq', value: 'sleeping' },
      { fact: 'ltv', op: 'gte', value: 100_000 },
    ],
  }),
  deal({
    all: [
      { fact: 'state', op: 'eq', value: 'open' },
      { fact: 'daysInStatus', op: 'gte', value: 14 },
    ],
  }),
  deal({
    all: [
      { fact: 'state', op: 'eq', value: 'open' },
      { fact: 'price', op: 'gte', value: 50_000 },
    ],
  }),
  deal({
    all: [
      { fact: 'pipeline', op: 'eq', value: 1 },
      { fact: 'client.temperature', op: 'eq', value: 'hot' },
    ],
  }),
]

/** Rules as accounts write them: sums, counts, periods, trees, some about deals. */
export const TWENTY_RULES: Rules = DRAFTS.map((draft, index) => ({
  ...draft,
  id: `rule-${index + 1}`,
  label: `Правило ${index + 1}`,
  tag: `Правило ${index + 1}`,
}))
