import { dateValue } from '../date-value.ts'
import type { AccountFacts, ClientKind, FieldFacts, FieldInfo } from '../facts.ts'
import type { FactTraits, FactType, FactValue } from './fact-types.ts'
import { type LocalDays, monthDayOf } from './local-days.ts'

/** How amoCRM's field types are read by rules; a type that is not listed reads as text. */
const FIELD_TYPES: Readonly<Record<string, FactType>> = {
  numeric: 'number',
  monetary: 'number',
  price: 'number',
  select: 'option',
  multiselect: 'option',
  radiobutton: 'option',
  category: 'option',
  date: 'instant',
  date_time: 'instant',
  birthday: 'instant',
  checkbox: 'boolean',
  file: 'presence',
  items: 'presence',
  linked_entity: 'presence',
  legal_entity: 'presence',
  chained_list: 'presence',
  payer: 'presence',
  supplier: 'presence',
}

/** Field types that never hold more than one value. */
const SINGLE = new Set(['text', 'textarea', 'url', 'select', 'radiobutton', 'checkbox', 'tracking_data'])

/** A custom field as a fact: one id per kind of owner, since a code may name a field of contacts and one of companies. */
export interface FieldFactSource extends FactTraits {
  readonly ids: Readonly<Partial<Record<FieldInfo['entity'], string>>>
  readonly options?: FieldInfo['enums']
  /** Calendar facts of birthdays come again every year. */
  readonly recurs?: boolean
  readonly read: (fields: FieldFacts, id: string) => FactValue
}

type Owner = 'deal' | 'client'

const ENTITIES: Readonly<Record<Owner, readonly FieldInfo['entity'][]>> = {
  deal: ['lead'],
  client: ['contact', 'company'],
}

/** The account's fields that a reference names, by id or by code (any case). */
export const fieldsNamed = (ref: string, owner: Owner, account: AccountFacts): readonly FieldInfo[] => {
  const id = /^\d+$/.test(ref) ? Number(ref) : null
  const code = ref.toLowerCase()
  return account.fields.filter(
    (field) =>
      ENTITIES[owner].includes(field.entity) && (id === null ? field.code?.toLowerCase() === code : field.id === id),
  )
}

const numeric = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

const first = (fields: FieldFacts, id: string) => fields[id]?.values[0] ?? null

const wholeSeconds = (fields: FieldFacts, id: string): number | null => {
  const value = numeric(first(fields, id))
  return value === null ? null : dateValue(value)
}

const readerOf = (type: FactType, fieldType: string, days: LocalDays): FieldFactSource['read'] => {
  switch (type) {
    case 'number':
      return (fields, id) => numeric(first(fields, id))
    case 'boolean':
      return (fields, id) => {
        const value = first(fields, id)
        return value === null ? null : value === true || value === 1 || value === '1' || value === 'true'
      }
    case 'option':
      return (fields, id) => fields[id]?.enumIds ?? fields[id]?.values ?? null
    case 'instant':
      if (fieldType === 'date_time') return wholeSeconds
      return (fields, id) => {
        const value = wholeSeconds(fields, id)
        return value === null ? null : days.startOf(days.dayOfDate(value))
      }
    default:
      return (fields, id) => fields[id]?.values ?? null
  }
}

const idsOf = (fields: readonly FieldInfo[]): FieldFactSource['ids'] =>
  Object.fromEntries(fields.map((field) => [field.entity, String(field.id)]))

const meaningOf = (field: FieldInfo) => ({ en: `field "${field.name}"`, ru: `поле «${field.name}»` })

/** The fields, which share a code, as one fact. */
export const fieldFact = (fields: readonly [FieldInfo, ...FieldInfo[]], days: LocalDays): FieldFactSource => {
  const [field] = fields
  const type = FIELD_TYPES[field.type] ?? 'text'
  return {
    type,
    meaning: meaningOf(field),
    ids: idsOf(fields),
    read: readerOf(type, field.type, days),
    several: !SINGLE.has(field.type),
    ...(type === 'option' ? { options: fields.flatMap((one) => one.enums) } : {}),
    ...(type === 'boolean' ? { whenAbsent: false } : {}),
  }
}

const DAYS_IN_A_YEAR = 365

/**
 * Calendar days until the date of a field (under zero once it has passed), or until the next birthday (0 on the day);
 * null: the field is no date.
 */
export const daysUntilField = (
  fields: readonly [FieldInfo, ...FieldInfo[]],
  days: LocalDays,
): FieldFactSource | null => {
  const [field] = fields
  const recurs = field.type === 'birthday'
  if (FIELD_TYPES[field.type] !== 'instant') return null
  const dayOf = field.type === 'date_time' ? days.dayOf : days.dayOfDate
  return {
    type: 'calendar',
    meaning: { en: `days until "${field.name}"`, ru: `дней до «${field.name}»` },
    ids: idsOf(fields),
    recurs,
    ...(recurs ? { range: [0, DAYS_IN_A_YEAR] as const } : {}),
    read: (of, id) => {
      const value = wholeSeconds(of, id)
      if (value === null) return null
      return recurs ? monthDayOf(dayOf(value)) : dayOf(value)
    },
  }
}

/** The field a client's birthday stands in: for each kind of client the first of amoCRM's type `birthday`. */
export const birthdayFields = (account: AccountFacts): readonly FieldInfo[] => {
  const kinds: readonly ClientKind[] = ['contact', 'company']
  return kinds.flatMap((kind) => {
    const found = account.fields.find((field) => field.entity === kind && field.type === 'birthday')
    return found === undefined ? [] : [found]
  })
}
