import type { Op } from './comparison-schema.ts'

/** What a fact reads as: a list means several values at once. Null: the client or deal has no such fact. */
export type FactValue = string | number | boolean | readonly (string | number | boolean)[] | null

const PRESENCE = ['exists', 'not_exists'] as const
const MEMBERSHIP = ['eq', 'ne', 'in', 'not_in', ...PRESENCE] as const
const ORDER = ['lt', 'lte', 'gt', 'gte', 'between'] as const

interface TypeInfo {
  readonly ops: readonly Op[]
  /** What its values look like in a rule. */
  readonly value: { readonly en: string; readonly ru: string }
}

const info = (ops: readonly Op[], en: string, ru: string): TypeInfo => ({ ops, value: { en, ru } })

/**
 * Every type of fact, the ops it takes and what it is compared with. Days that flow (`elapsed`) take no `eq`: it would
 * hold for one second.
 */
export const FACT_TYPES = {
  number: info([...MEMBERSHIP, ...ORDER], 'a number', 'число'),
  elapsed: info(
    [...ORDER, ...PRESENCE],
    'days of 86,400 seconds, 36,500 at most',
    'дни по 86 400 секунд, не больше 36 500',
  ),
  calendar: info(
    [...MEMBERSHIP, ...ORDER],
    "calendar days in the account's zone, 36,500 at most",
    'календарные дни в поясе аккаунта, не больше 36 500',
  ),
  instant: info(
    ['eq', 'ne', ...ORDER, 'within_days', 'older_than_days', ...PRESENCE],
    'a day "2026-01-31", an instant "2026-01-31T10:00:00+03:00" or Unix seconds; for ages: days',
    'день "2026-01-31", момент "2026-01-31T10:00:00+03:00" или секунды Unix; для возраста — дни',
  ),
  text: info([...MEMBERSHIP, 'contains', 'not_contains'], 'a text, letter case aside', 'текст без учёта регистра'),
  option: info([...MEMBERSHIP, 'contains', 'not_contains'], 'id or text of an option', 'id или текст варианта'),
  tags: info(['contains', 'not_contains', 'in', 'not_in', ...PRESENCE], 'a tag', 'тег'),
  reference: info(MEMBERSHIP, 'an id or a name', 'id или название'),
  choice: info(MEMBERSHIP, 'one of the known words', 'одно из известных слов'),
  boolean: info(['eq', 'ne', ...PRESENCE], 'true or false', 'true или false'),
  presence: info(PRESENCE, 'nothing', 'ничего'),
} satisfies Record<string, TypeInfo>

export type FactType = keyof typeof FACT_TYPES

/** What the ids of a `reference` name. Sources have no list of names in the account's facts. */
export type ReferenceKind = 'pipeline' | 'status' | 'user' | 'lossReason' | 'source'

/** What is known of a fact besides how it is read. */
export interface FactTraits {
  readonly type: FactType
  readonly meaning: { readonly en: string; readonly ru: string }
  readonly kind?: ReferenceKind
  /** All values a `choice` can take; absent where the policy decides. */
  readonly choices?: readonly string[]
  /** Least and greatest value a number can take. */
  readonly range?: readonly [number, number]
  /** Taken in comparisons where there is none (`exists` still says there is none). */
  readonly whenAbsent?: number | boolean
  /** Whether it may have several values at once. */
  readonly several?: boolean
  /** Name under which reasons show the fact it counts from, where that is another one. */
  readonly shownAs?: string
  /** Whether the value itself changes as time passes. */
  readonly changes?: boolean
}
