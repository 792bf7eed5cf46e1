import type { FieldChange } from '../changes/patch.ts'
import type { Field, FieldRegistry, FieldType } from '../world/field-registry.ts'
import type { FieldValue } from '../world/model.ts'
import type { ItemReader } from './item-reader.ts'

/** Most field values of one entity in one request (Kommo, limitations). */
const MOST_FIELDS = 40

/** Reads `custom_fields_values`, each checked against its field's type. */
export function readFields(reader: ItemReader, registry: FieldRegistry): readonly FieldChange[] | undefined {
  const key = 'custom_fields_values'
  if (!reader.has(key)) return undefined
  const entries = reader.objects(key)
  if (entries.length > MOST_FIELDS) reader.refuse('TooManyValues', key, `At most ${MOST_FIELDS} fields are allowed.`)
  return entries.flatMap((entry): FieldChange[] => {
    entry.onlyKeys(new Set(['field_id', 'field_code', 'field_name', 'field_type', 'values']))
    const field = fieldOf(entry, registry)
    if (field === undefined) return []
    entry.require('values')
    if (entry.raw('values') === null) return [{ fieldId: field.id, values: null }]
    const values = entry.objects('values').flatMap((value) => readValue(value, field))
    return [{ fieldId: field.id, values }]
  })
}

function fieldOf(entry: ItemReader, registry: FieldRegistry): Field | undefined {
  const id = entry.whole('field_id')
  const code = entry.text('field_code')
  const path = entry.has('field_id') ? 'field_id' : 'field_code'
  const field = id === undefined ? (code === undefined ? undefined : registry.byCode(code)) : registry.byId(id)
  return field ?? entry.refuse('NotSupportedChoice', path, 'The value you selected is not a valid choice.')
}

function readValue(reader: ItemReader, field: Field): readonly FieldValue[] {
  reader.onlyKeys(new Set(['value', 'enum_id', 'enum_code', 'enum']))
  const value = VALUE_READERS[field.type](reader, field)
  return value === undefined ? [] : [value]
}

type ValueReader = (reader: ItemReader, field: Field) => FieldValue | undefined

const text: ValueReader = (reader) => {
  const value = reader.text('value')
  return value === undefined ? missing(reader) : { value }
}

const number: ValueReader = (reader) => {
  const value = reader.raw('value')
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+([.,]\d+)?$/.test(value))
  // amoCRM shows numeric fields as text.
  return isNumber ? { value: String(value) } : wrongType(reader, 'numeric')
}

const flag: ValueReader = (reader) => {
  const value = reader.flag('value')
  return value === undefined ? missing(reader) : { value }
}

const instant: ValueReader = (reader) => {
  const value = reader.raw('value')
  if (Number.isSafeInteger(value)) return { value: Number(value) }
  const parsed = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(parsed) ? wrongType(reader, 'int') : { value: Math.floor(parsed / 1000) }
}

/** An option, by `enum_id`, `enum_code` or its text. */
const option: ValueReader = (reader, field) => {
  const [key, found] = reader.has('enum_id')
    ? ['enum_id', field.enums.find(({ id }) => id === reader.raw('enum_id'))]
    : reader.has('enum_code')
      ? ['enum_code', field.enums.find(({ code }) => code !== null && code === reader.raw('enum_code'))]
      : ['value', field.enums.find(({ value }) => value === reader.raw('value'))]
  if (found !== undefined) return { value: found.value, enumId: found.id }
  return reader.refuse('NotSupportedChoice', String(key), 'The value you selected is not a valid choice.')
}

/** A phone or an e-mail with its kind; the first kind unless given. */
const contactPoint: ValueReader = (reader, field) => {
  const value = reader.text('value')
  if (value === undefined) return missing(reader)
  if (!reader.has('enum_id') && !reader.has('enum_code')) {
    const [first] = field.enums
    return first === undefined ? { value } : { value, enumId: first.id }
  }
  const kind = option(reader, field)
  return kind?.enumId === undefined ? undefined : { value, enumId: kind.enumId }
}

const VALUE_READERS: Readonly<Record<FieldType, ValueReader>> = {
  text,
  textarea: text,
  url: text,
  streetaddress: text,
  tracking_data: text,
  numeric: number,
  price: number,
  monetary: number,
  checkbox: flag,
  date: instant,
  date_time: instant,
  birthday: instant,
  select: option,
  radiobutton: option,
  multiselect: option,
  multitext: contactPoint,
}

function missing(reader: ItemReader): undefined {
  reader.require('value')
}

function wrongType(reader: ItemReader, name: string): undefined {
  return reader.refuse('InvalidType', 'value', `This value should be of type ${name}.`)
}
