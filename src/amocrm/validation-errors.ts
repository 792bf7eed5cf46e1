import { asObject, asObjects, asText } from './hal.ts'
import { withoutValues } from './safe-excerpt.ts'

export interface ItemError {
  readonly code: string
  readonly path: string
  /** Without the values it repeats: it is logged. */
  readonly detail: string
}

/** What a 400 or 422 says: by `request_id` of the items it names, and as a whole. */
export interface Refusal {
  readonly byItem: ReadonlyMap<string, readonly ItemError[]>
  readonly whole: ItemError
}

/** Reads `validation-errors` of a problem+json body; anything else names nobody. */
export function readRefusal(json: unknown, status: number): Refusal {
  const body = asObject(json)
  const byItem = new Map<string, readonly ItemError[]>()
  for (const item of asObjects(body['validation-errors'])) {
    const errors = asObjects(item.errors).map(readError)
    if (errors.length > 0) byItem.set(asText(item.request_id), errors)
  }
  const whole = { code: asText(body.title) || String(status), path: '', detail: withoutValues(asText(body.detail)) }
  return { byItem, whole }
}

/** Whether amoCRM does not know the keys `tags_to_add` and `tags_to_delete` themselves (not: a tag inside them). */
export function refusesTagKeys({ byItem, whole }: Refusal): boolean {
  const errors = [...byItem.values()].flat()
  return (
    errors.some(({ path }) => /(^|\.)tags_to_(add|delete)$/.test(path)) || /tags_to_(add|delete)/.test(whole.detail)
  )
}

/** Whether the errors may mean that the entity itself does not exist. */
export function maybeGone(errors: readonly ItemError[]): boolean {
  return errors.some(
    ({ code, path, detail }) => /(^|\.)id$/.test(path) || /not.?(found|exist)/i.test(`${code} ${detail}`),
  )
}

function readError(error: Readonly<Record<string, unknown>>): ItemError {
  return { code: asText(error.code), path: asText(error.path), detail: withoutValues(asText(error.detail)) }
}
