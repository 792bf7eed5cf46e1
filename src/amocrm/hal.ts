/*
 * Readers of untyped JSON. Hand-written, because a page of 250 cards is read on every call of the backfill; lenient,
 * because amoCRM leaves parts out or gives null where the documentation shows a list.
 */

export type Json = Readonly<Record<string, unknown>>

const NOTHING: Json = Object.freeze({})

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : NOTHING
}

export function asObjects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
}

/** A whole number, also when it comes as text; else null. */
export function asInteger(value: unknown): number | null {
  if (Number.isSafeInteger(value)) return value as number
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : null
}

/** An entity's id: positive; else null. */
export function asId(value: unknown): number | null {
  const id = asInteger(value)
  return id !== null && id > 0 ? id : null
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** `_embedded[name]` as a list; HAL's place for lists and links. */
export function embedded(json: unknown, name: string): readonly Json[] {
  return asObjects(asObject(asObject(json)._embedded)[name])
}

/** Whether HAL names a next page. */
export function hasNextPage(json: unknown): boolean {
  return asText(asObject(asObject(asObject(json)._links).next).href) !== ''
}

/** The ids of an embedded list, in its order. */
export function embeddedIds(json: unknown, name: string): number[] {
  return embedded(json, name)
    .map((item) => asId(item.id))
    .filter((id) => id !== null)
}
