import { hookPairs } from './hook-pairs.ts'
import type { HookBody, Touch } from './hook-touch.ts'
import { entityId, FIELDS_OF_USE, type HookItem, touchesOf } from './hook-touches.ts'

/**
 * Reads a webhook body of amoCRM: account hooks (form-encoded brackets, 2016 to now), Digital Pipeline hooks, form
 * or JSON, and Digital Pipeline widget hooks. Anything unknown is passed over; no bytes make it throw.
 *
 * @param contentType the request's header; only tells JSON from a form
 */
export function parseHook(rawBody: Buffer | string, contentType?: string): HookBody {
  const accountIds = new Set<string>()
  const items = new Gathering()
  for (const { path, value } of hookPairs(rawBody, contentType)) {
    const [top = '', action = '', index = '', field = ''] = path
    if (namesAccount(path)) {
      if (entityId(value) !== null) accountIds.add(value)
    } else if (top === 'event') {
      items.add(top, '', '0', path.slice(1), value)
    } else if (FIELDS_OF_USE.has(field)) {
      items.add(top, action, index, path.slice(3), value)
    }
  }
  return { accountIds: [...accountIds], touches: withoutDoubles(items.all.flatMap(touchesOf)) }
}

function namesAccount(path: readonly string[]): boolean {
  const [top, field] = path
  return (top === 'account' && field === 'id' && path.length === 2) || (top === 'account_id' && path.length === 1)
}

/** Flat pairs to items, as PHP would: the later value of a path wins, an empty index is always a new one. */
class Gathering {
  readonly all: HookItem[] = []
  readonly #open = new Map<string, Map<string, string>>()

  add(top: string, action: string, index: string, below: readonly string[], value: string): void {
    const key = `${top}[${action}[${index}`
    const known = this.#open.get(key)
    const name = below.length === 1 ? (below[0] ?? '') : below.map((part) => part || `+${known?.size}`).join('.')
    if (known !== undefined && !(index === '' && known.has(name))) {
      known.set(name, value)
      return
    }
    const fields = new Map([[name, value]])
    this.#open.set(key, fields)
    this.all.push({ top, action, fields })
  }
}

/** What a body says twice about one entity is more than the echo of one write. */
function withoutDoubles(all: readonly Touch[]): Touch[] {
  const touches = new Map<string, Touch>()
  for (const touch of all) {
    const { entity, id } = touch
    const key = `${entity}:${id}`
    const known = touches.get(key)
    touches.set(key, known ? { entity, id, incoming: known.incoming || touch.incoming } : touch)
  }
  return [...touches.values()]
}
