import type { EntityPatch } from '../amocrm/amo-api.ts'
import type { FieldFacts } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { JournalEntry } from '../store/journal.ts'

type Value = string | number | boolean | null
type Place = { readonly pipelineId: number; readonly statusId: number } | null

/** How a part stood before a run first wrote it, and as the run last left it. */
interface Change<Part> {
  readonly before: Part
  readonly after: Part
}

/** An entity as it now stands in amoCRM; `status` null: it is no deal. */
export interface Standing {
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  readonly status: Place
}

/**
 * All that one run changed of one entity, taken together: several writes may have gone over the same tag. Parts that
 * stand in the end as before are left out.
 */
export class RunChange {
  readonly entity: JournalEntry['entity']
  readonly entityId: number
  readonly client: ClientRef
  readonly #tags = new Map<string, Change<boolean>>()
  readonly #fields = new Map<string, Change<Value>>()
  #status: Change<Place> | null = null

  constructor({ entity, entityId, client }: JournalEntry) {
    this.entity = entity
    this.entityId = entityId
    this.client = client
  }

  /** Takes in a write that was made before all those taken in so far. */
  addEarlier(entry: JournalEntry): void {
    for (const tag of entry.tagsAdded) this.#tags.set(tag, earlier(this.#tags.get(tag), false, true))
    for (const tag of entry.tagsRemoved) this.#tags.set(tag, earlier(this.#tags.get(tag), true, false))
    for (const [id, after] of Object.entries(entry.fieldsAfter)) {
      this.#fields.set(id, earlier(this.#fields.get(id), entry.fieldsBefore[id] ?? null, after))
    }
    if (entry.statusAfter) this.#status = earlier(this.#status ?? undefined, entry.statusBefore, entry.statusAfter)
  }

  /** Whether everything the run changed stands as it left it, as before it, or (`neither`) some of it otherwise. */
  stands(standing: Standing): 'as_left' | 'as_before' | 'neither' {
    const tags = new Set(standing.tags)
    const parts = [
      ...[...this.#tags].map(([tag, change]) => sideOf(change, tags.has(tag), Object.is)),
      ...[...this.#fields].map(([id, change]) => sideOf(change, standing.fields[id]?.values[0] ?? null, Object.is)),
      ...(this.#status ? [sideOf(this.#status, standing.status, isSamePlace)] : []),
    ].filter((side) => side !== 'unchanged')
    if (parts.every((side) => side === 'before')) return 'as_before'
    return parts.every((side) => side === 'after') ? 'as_left' : 'neither'
  }

  /** The write that makes the entity stand as before the run, and its entry in the journal. */
  inverse(run: string): { readonly patch: EntityPatch; readonly entry: JournalEntry } {
    const tags = [...this.#tags].filter(([, { before, after }]) => before !== after)
    const add = tags.filter(([, { before }]) => before).map(([tag]) => tag)
    const remove = tags.filter(([, { before }]) => !before).map(([tag]) => tag)
    const fields = [...this.#fields].filter(([, { before, after }]) => before !== after)
    const status = this.#status && !isSamePlace(this.#status.before, this.#status.after) ? this.#status : null
    const patch: EntityPatch = {
      id: this.entityId,
      ...(tags.length > 0 && { tags: { add, remove } }),
      ...(status?.before && { status: status.before }),
      ...(fields.length > 0 && {
        fields: Object.fromEntries(fields.map(([id, { before }]) => [id, before === null ? null : { value: before }])),
      }),
    }
    const { entity, entityId, client } = this
    const entry: JournalEntry = {
      ...{ client, entity, entityId, run, tagsAdded: add, tagsRemoved: remove },
      statusBefore: status?.after ?? null,
      statusAfter: status?.before ?? null,
      fieldsBefore: Object.fromEntries(fields.map(([id, { after }]) => [id, after])),
      fieldsAfter: Object.fromEntries(fields.map(([id, { before }]) => [id, before])),
      reasons: ['undo'],
    }
    return { patch, entry }
  }
}

function earlier<Part>(known: Change<Part> | undefined, before: Part, after: Part): Change<Part> {
  return known ? { before, after: known.after } : { before, after }
}

function sideOf<Part>(
  { before, after }: Change<Part>,
  now: Part,
  isSame: (one: Part, other: Part) => boolean,
): 'before' | 'after' | 'neither' | 'unchanged' {
  if (isSame(before, after)) return 'unchanged'
  if (isSame(now, after)) return 'after'
  return isSame(now, before) ? 'before' : 'neither'
}

function isSamePlace(one: Place, other: Place): boolean {
  return one?.pipelineId === other?.pipelineId && one?.statusId === other?.statusId
}
