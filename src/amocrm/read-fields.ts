import type { FieldFact, FieldFacts } from '../segmentation/facts.ts'
import { asId, asObjects, asText, type Json } from './hal.ts'

type Primitive = string | number | boolean

const NUMERIC = new Set(['numeric', 'price', 'monetary'])
const INSTANT = new Set(['date', 'date_time', 'birthday'])
const CHOICE = new Set(['select', 'multiselect', 'radiobutton'])

/** Where the types whose value is an object keep the part that people read. */
const READABLE_PARTS = ['name', 'value', 'file_name', 'description', 'sku'] as const

/**
 * `custom_fields_values` of API v4 in our own shape: instants as seconds, numbers as numbers, checkboxes as booleans,
 * choices as their text with option ids. Empty fields are absent.
 *
 * @param keep ids of the fields that are of use; undefined: all
 */
export function readFields(value: unknown, keep?: ReadonlySet<number>): FieldFacts {
  const facts: Record<string, FieldFact> = {}
  for (const field of asObjects(value)) {
    const id = asId(field.field_id)
    if (id === null || (keep !== undefined && !keep.has(id))) continue
    const fact = readField(asText(field.field_type), asObjects(field.values))
    if (fact !== null) facts[id] = fact
  }
  return facts
}

/** Whether a field with this code (`PHONE`, `EMAIL`) holds anything. */
export function hasFieldValue(value: unknown, code: string): boolean {
  return asObjects(value).some(
    (field) =>
      asText(field.field_code).toUpperCase() === code &&
      asObjects(field.values).some((item) => asText(item.value).trim() !== ''),
  )
}

function readField(type: string, items: readonly Json[]): FieldFact | null {
  const values: Primitive[] = []
  const enumIds: number[] = []
  for (const item of items) {
    const value = readValue(type, item.value)
    if (value === null) continue
    values.push(value)
    const enumId = asId(item.enum_id)
    if (enumId !== null) enumIds.push(enumId)
  }
  if (values.length === 0) return null
  return CHOICE.has(type) && enumIds.length === values.length ? { values, enumIds } : { values }
}

function readValue(type: string, value: unknown): Primitive | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'object') return readableOf(value as Json)
  if (NUMERIC.has(type)) return numberOr(value, String(value))
  if (INSTANT.has(type)) return instantOf(value)
  if (type === 'checkbox') return value === true || value === 1 || value === '1' || value === 'true'
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

function numberOr(value: unknown, otherwise: string): number | string {
  const number = typeof value === 'string' ? Number(value.replace(',', '.')) : Number(value)
  return Number.isFinite(number) ? number : otherwise
}

/** Seconds; amoCRM gives unix time, ISO 8601 text is taken too. */
function instantOf(value: unknown): number | null {
  const number = Number(value)
  if (Number.isFinite(number)) return Math.floor(number)
  const parsed = Date.parse(String(value))
  return Number.isFinite(parsed) ? Math.floor(parsed / 1000) : null
}

function readableOf(value: Json): Primitive | null {
  for (const part of READABLE_PARTS) {
    const text = asText(value[part])
    if (text !== '') return text
  }
  return null
}
