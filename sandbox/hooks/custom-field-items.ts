import type { Field } from '../world/field-registry.ts'
import type { EntityType, FieldValue, FieldValues } from '../world/model.ts'
import type { World } from '../world/world.ts'
import type { HookFields, HookValue } from './form-encode.ts'

/**
 * Custom fields as webhooks carry them: the shape of the API's second version, in which the option is `enum` with its
 * id, a date is a bare scalar, a birthday is `dd.mm.yyyy`, a radiobutton is an object in place of a list, and the code
 * comes after the values.
 */
export function customFieldItems(world: World, type: EntityType, fields: readonly FieldValues[] | null): HookValue {
  if (fields === null || fields.length === 0) return undefined
  return fields.flatMap((entry): HookFields[] => {
    const field = world.fields[type].byId(entry.fieldId)
    if (field === undefined) return []
    const named = { id: field.id, name: field.name, values: valuesOf(field, entry.values) }
    return [field.code === null ? named : { ...named, code: field.code }]
  })
}

function valuesOf(field: Field, values: readonly FieldValue[]): HookValue {
  const [first] = values
  if (field.type === 'radiobutton' && first !== undefined) return { value: first.value, enum: first.enumId }
  return values.map((value): HookValue => {
    if (field.type === 'date' || field.type === 'date_time') return value.value
    if (field.type === 'birthday') return { value: dayMonthYear(Number(value.value)) }
    return value.enumId === undefined ? { value: value.value } : { value: value.value, enum: value.enumId }
  })
}

function dayMonthYear(seconds: number): string {
  const date = new Date(seconds * 1000)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`
}
