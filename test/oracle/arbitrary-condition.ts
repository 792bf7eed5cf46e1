import fc from 'fast-check'
import type { Scalar } from '../../src/segmentation/rules/comparison-schema.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { FIELDS, LOSS_REASONS, STAGES, USERS } from './arbitrary-account.ts'
import { DAYS, FED_TAGS, PRICES, START, TAGS, TEXTS, TIERS } from './arbitrary-words.ts'

type Values = fc.Arbitrary<Scalar>
type Kind = 'number' | 'age' | 'calendar' | 'instant' | 'text' | 'tags' | 'one' | 'option' | 'truth' | 'presence'

/** A fact, and what it is compared with. */
export interface FactChoice {
  readonly name: string
  readonly kind: Kind
  readonly values: Values
}

const OPS: Readonly<Record<Kind, readonly string[]>> = {
  number: ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists', 'lt', 'lte', 'gt', 'gte', 'between'],
  calendar: ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists', 'lt', 'lte', 'gt', 'gte', 'between'],
  age: ['lt', 'lte', 'gt', 'gte', 'between', 'exists', 'not_exists'],
  instant: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'within_days', 'older_than_days', 'exists', 'not_exists'],
  text: ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists', 'contains', 'not_contains'],
  option: ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists', 'contains', 'not_contains'],
  tags: ['contains', 'not_contains', 'in', 'not_in', 'exists', 'not_exists'],
  one: ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists'],
  truth: ['eq', 'ne', 'exists', 'not_exists'],
  presence: ['exists', 'not_exists'],
}

const AGES = ['within_days', 'older_than_days']

const anyCase = (texts: readonly string[]): Values =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.constantFrom<(text: string) => string>(
        (text) => text,
        (text) => text.toUpperCase(),
        (text) => ` ${text}`,
      ),
    )
    .map(([text, written]) => written(text))

const money: Values = fc.constantFrom(...PRICES, 12_500, 40_000)
const small: Values = fc.integer({ min: 0, max: 5 })
const days: Values = fc.constantFrom(...DAYS)
const dayParts: Values = fc.oneof(days, fc.constantFrom(0, 0, 0.5, 1.25, -1, 2.75))
const counts: Values = fc.oneof(days, fc.integer({ min: -40, max: 400 }), fc.constantFrom(0, 365, 6.5))
const moments: Values = fc.oneof(
  fc.tuple(days, fc.integer({ min: -1, max: 1 })).map(([count, more]) => START + Number(count) * 86_400 + more),
  fc.integer({ min: 1_735_689_600, max: 1_790_000_000 }),
  fc.integer({ min: 20_089, max: 20_700 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  fc.constantFrom('2025-10-26', '2025-11-02', '2026-03-08', '2026-03-29', '2026-03-29T01:30:00+03:00'),
)
const idsOrNames = (things: readonly { readonly id: number; readonly name: string }[]): Values =>
  fc.oneof(
    fc.constantFrom(...things.flatMap((one) => [one.id, String(one.id)])),
    anyCase(things.map((one) => one.name)),
  )

const fact = (kind: Kind, values: Values, ...names: string[]): FactChoice[] =>
  names.map((name) => ({ name, kind, values }))

const FIELD_KINDS: Readonly<Record<string, readonly [Kind, Values]>> = {
  numeric: ['number', money],
  monetary: ['number', money],
  price: ['number', money],
  date: ['instant', moments],
  date_time: ['instant', moments],
  birthday: ['instant', moments],
  checkbox: ['truth', fc.boolean()],
  file: ['presence', small],
}

const fieldFacts = (entities: readonly string[]): FactChoice[] =>
  FIELDS.filter((field) => entities.includes(field.entity)).flatMap((field) => {
    const options = field.enums.map(({ id, value }) => ({ id, name: value }))
    const asOption = [options.length > 0 ? 'option' : 'text', options.length > 0 ? idsOrNames(options) : anyCase(TEXTS)]
    const [kind, values] = FIELD_KINDS[field.type] ?? (asOption as [Kind, Values])
    const names = [`field:${field.id}`, ...(field.code === null ? [] : [`field:${field.code.toLowerCase()}`])]
    const counted = kind === 'instant' ? names.map((name) => `${name}.daysUntil`) : []
    return [...fact(kind, values, ...names), ...fact('calendar', counts, ...counted)]
  })

const ALL_STAGES = Object.values(STAGES).flat()

const DEAL_FACTS: readonly FactChoice[] = [
  ...fact('one', fc.constantFrom<Scalar>(1, 2, 3, 'продажи', 'Воронка 2'), 'pipeline'),
  ...fact('one', fc.constantFrom<Scalar>(142, 143, '142', 'ОПЛАЧЕНО', 'Переговоры', '12', 12, ...ALL_STAGES), 'status'),
  ...fact('one', anyCase(['open', 'won', 'lost']), 'state'),
  ...fact('truth', fc.boolean(), 'isCard'),
  ...fact('age', dayParts, 'daysInStatus'),
  ...fact('instant', moments, 'statusSince', 'createdAt', 'closedAt'),
  ...fact('number', money, 'price'),
  ...fact('one', fc.constantFrom(71, 72, '71'), 'source'),
  ...fact('one', idsOrNames(LOSS_REASONS), 'lossReason'),
  ...fact('one', idsOrNames(USERS), 'responsible'),
  ...fact('tags', anyCase(TAGS), 'tags'),
  ...fact('text', anyCase(TEXTS), 'utm_source', 'utm_term'),
  ...fieldFacts(['lead']),
]

const CLIENT_FACTS: readonly FactChoice[] = [
  ...fact('one', anyCase(['new', 'one_time', 'periodic', 'regular', 'sleeping', 'never']), 'lifecycle'),
  ...fact('one', anyCase(['hot', 'warm', 'cold']), 'temperature'),
  ...fact('one', anyCase(['in_work', 'low_quality', 'refused']), 'standing'),
  ...fact('one', anyCase(TIERS), 'value.tier'),
  ...fact('number', small, 'rfm.recency', 'rfm.frequency', 'rfm.monetary', 'purchases.count', 'deals.count'),
  ...fact('number', small, 'openDeals.count', 'lostDeals.count'),
  ...fact('instant', moments, 'purchases.first', 'purchases.last', 'createdAt', 'incomingAt'),
  ...fact('number', dayParts, 'purchases.medianGapDays'),
  ...fact('number', money, 'ltv', 'averageCheck', 'openDeals.sum'),
  ...fact('age', dayParts, 'daysSinceLastPurchase', 'daysSinceFirstPurchase'),
  ...fact('tags', anyCase(TAGS), 'tags'),
  ...fact('one', idsOrNames(USERS), 'responsible'),
  ...fact('one', anyCase(['contact', 'company']), 'kind'),
  ...fact('truth', fc.boolean(), 'hasPhone', 'hasEmail'),
  ...fact('calendar', counts, 'birthday.daysUntil'),
  ...fieldFacts(['contact', 'company']),
]

const prefixed = (prefix: string, facts: readonly FactChoice[]): FactChoice[] =>
  facts.map((one) => ({ ...one, name: prefix + one.name }))

const FACTS_OF_CLIENT_RULES = [
  CLIENT_FACTS,
  [...prefixed('firstDeal.', DEAL_FACTS), ...prefixed('lastDeal.', DEAL_FACTS)],
]
const FACTS_OF_DEAL_RULES = [DEAL_FACTS, ...FACTS_OF_CLIENT_RULES.map((facts) => prefixed('client.', facts))]

/** All facts of each kind of rule. */
export const FACTS = { client: FACTS_OF_CLIENT_RULES.flat(), deal: FACTS_OF_DEAL_RULES.flat() }

/** Comparisons of a fact, with every op it takes and values that fit it. */
export const comparisonOf = ({ name, kind, values }: FactChoice): fc.Arbitrary<Condition> =>
  fc
    .constantFrom(...OPS[kind], ...(kind === 'instant' ? [...AGES, ...AGES, ...AGES] : []))
    .chain((op): fc.Arbitrary<Condition> => {
      const with_ = (value: fc.Arbitrary<unknown>) =>
        value.map((one) => ({ fact: name, op, value: one }) as unknown as Condition)
      if (op === 'exists' || op === 'not_exists') return fc.constant({ fact: name, op })
      if (op === 'in' || op === 'not_in') return with_(fc.array(values, { maxLength: 3 }))
      if (op === 'between') return with_(fc.tuple(values, values))
      return with_(AGES.includes(op) ? days : values)
    })

/** Those that the passing of time can change. */
const flowing = (facts: readonly FactChoice[]) =>
  facts.filter(({ kind }) => kind === 'age' || kind === 'calendar' || kind === 'instant')

const isSome = (facts: readonly FactChoice[]): boolean => facts.length > 0

const leafOf = (groups: readonly (readonly FactChoice[])[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    ...[...groups, ...groups.map(flowing)].filter(isSome).map((facts) => fc.constantFrom(...facts).chain(comparisonOf)),
  )

const treeOf = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 3 }).map((all) => ({ all })) },
      { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 3 }).map((any) => ({ any })) },
      { weight: 1, arbitrary: tie('node').map((not) => ({ not })) },
    ),
  })).node

/** Conditions over every fact with every op it takes, nested freely. */
export const CONDITIONS = {
  client: treeOf(leafOf(FACTS_OF_CLIENT_RULES)),
  deal: treeOf(leafOf(FACTS_OF_DEAL_RULES)),
}

/** Conditions over tags alone, as rules that feed each other have them. */
export const TAG_CONDITIONS = {
  client: treeOf(leafOf([[...fact('tags', anyCase(FED_TAGS), 'tags', 'lastDeal.tags', 'firstDeal.tags')]])),
  deal: treeOf(leafOf([[...fact('tags', anyCase(FED_TAGS), 'tags', 'client.tags', 'client.lastDeal.tags')]])),
}
