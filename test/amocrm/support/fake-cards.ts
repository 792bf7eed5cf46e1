import type { Arrival, Handler, Reply } from './loopback-amo.ts'

/** What a batch PATCH holds of one card. */
export interface PatchItem {
  readonly id: number
  readonly request_id: string
  readonly status_id?: number
  readonly pipeline_id?: number
  readonly tags_to_add?: readonly { readonly name: string }[]
  readonly tags_to_delete?: readonly { readonly name: string }[]
  readonly _embedded?: { readonly tags: readonly { readonly name: string }[] | null }
  readonly custom_fields_values?: unknown
}

export const patchItems = (arrival: Arrival | undefined): readonly PatchItem[] =>
  (arrival?.body ?? []) as readonly PatchItem[]

/** An account's contacts with their tags, as far as reads by id and tag writes go. */
export class FakeCards {
  readonly tags = new Map<number, readonly string[]>()
  /** How the account takes `tags_to_add` and `tags_to_delete`. */
  tagKeys: 'known' | 'ignored' | 'refused' = 'known'
  /** Answers a PATCH in place of these cards when it returns one. */
  intercept: (items: readonly PatchItem[]) => Reply | undefined | Promise<Reply | undefined> = () => undefined

  constructor(ids: readonly number[], tags: readonly string[] = []) {
    for (const id of ids) this.tags.set(id, tags)
  }

  readonly handler: Handler = async (arrival) => {
    if (arrival.method === 'PATCH')
      return (await this.intercept(patchItems(arrival))) ?? this.#patch(patchItems(arrival))
    const single = /\/(\d+)$/.exec(arrival.path)?.[1]
    const asked = single ? [Number(single)] : arrival.query.getAll('filter[id][]').map(Number)
    const cards = asked.filter((id) => this.tags.has(id)).map((id) => this.#card(id))
    if (cards.length === 0) return { status: 204 }
    return { json: single ? cards[0] : { _embedded: { contacts: cards } } }
  }

  #card(id: number) {
    return { id, _embedded: { tags: (this.tags.get(id) ?? []).map((name) => ({ id: 1, name, color: null })) } }
  }

  #patch(items: readonly PatchItem[]): Reply {
    if (this.tagKeys === 'refused' && items.some((item) => item.tags_to_add ?? item.tags_to_delete)) {
      return validationErrors(items.map(({ request_id }) => [request_id, 'FieldNotExpected', 'tags_to_add']))
    }
    const known = items.filter(({ id }) => this.tags.has(id))
    for (const item of known) this.#write(item)
    return written(known)
  }

  #write(item: PatchItem): void {
    const names = (tags: readonly { readonly name: string }[] | null | undefined) =>
      (tags ?? []).map(({ name }) => name)
    if (item._embedded) this.tags.set(item.id, names(item._embedded.tags))
    if (item._embedded || this.tagKeys === 'ignored') return
    const removed = names(item.tags_to_delete)
    const kept = (this.tags.get(item.id) ?? []).filter((name) => !removed.includes(name))
    this.tags.set(item.id, [...new Set([...kept, ...names(item.tags_to_add)])])
  }
}

export const written = (items: readonly PatchItem[]): Reply => ({
  json: { _embedded: { contacts: items.map(({ id, request_id }) => ({ id, updated_at: 1, request_id })) } },
})

export const validationErrors = (
  errors: readonly (readonly [requestId: string, code: string, path: string])[],
): Reply => ({
  status: 400,
  headers: { 'content-type': 'application/problem+json' },
  json: {
    title: 'Bad Request',
    status: 400,
    detail: 'Request validation failed',
    'validation-errors': errors.map(([request_id, code, path]) => ({
      request_id,
      errors: [{ code, path, detail: 'This field was not expected.' }],
    })),
  },
})
