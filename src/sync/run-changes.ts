import type { EntityPatch } from '../amocrm/amo-api.ts'
import type { FieldFacts } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { JournalEntry } from '../store/journal.ts'
import { type Change, earlier, isChanged, type Side, sideOf } from './run-change-part.ts'

type Value = string | number | boolean | null
type Place = { readonly pipelineId: number; readonly statusId: number } | null

/** An entity as it now stands in amoCRM; `status` null: it is no deal. */
export interface Standing {
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  readonly status: Place
}

/**
 * All that one run changed of one entity, taken together: several writes may have gone over the same tag. Its tags
 * belong together, since one takes another's place; its status and each field stand for themselves.
 */
export class RunChange {
  readonly entity: JournalEntry['entity']
  readonly entityId: number
  readonly client: ClientRef
  #tags = new Map<string, Change<boolean>>()
  #fields = new Map<string, Change<Value>>()
  #status: Change<Place> | null = null

  constructor({ entity, entityId, client }: Pick<JournalEntry, 'entity' | 'entityId' | 'client'>) {
    this.entity = entity
    this.entityId = entityId
    this.client = client
  }

  /** Takes in a write that was made before all those taken in so far. */
  addEarlier(entry: JournalEntry): void {
    for (const tag of entry.tagsAdded) this.#tags.set(tag, earlier(this.#tags.get(tag), false, true, Object.is))
    for (const tag of entry.tagsRemoved) this.#tags.set(tag, earlier(this.#tags.get(tag), true, false, Object.is))
    for (const [id, after] of Object.entries(entry.fieldsAfter)) {
      this.#fields.set(id, earlier(this.#fields.get(id), entry.fieldsBefore[id] ?? null, after, Object.is))
    }
    if (entry.statusAfter) {
      this.#status = earlier(this.#status ?? undefined, entry.statusBefore, entry.statusAfter, isSamePlace)
    }
  }

  /** Leaves out the fields for which the test holds of what stood in them before. */
  dropFields(test: (id: string, before: Value) => boolean): void {
    for (const [id, { before }] of this.#fields) if (test(id, before)) this.#fields.delete(id)
  }

  /** Whether the entity stood in the end as before. */
  get isNothing(): boolean {
    const { tags, fields, status } = this.#changed()
    return tags.length === 0 && fields.length === 0 && status === null
  }

  /** Whether everything the run changed stands as it left it, as before it, or (`neither`) some of it otherwise. */
  stands(standing: Standing): Side {
    const { asLeft, isChangedSince } = this.split(standing)
    if (isChangedSince) return 'neither'
    return asLeft === null ? 'as_before' : 'as_left'
  }

  /** Parts that still stand as the run left them (null: none), and whether any part stands neither so nor as before. */
  split(standing: Standing): { readonly asLeft: RunChange | null; readonly isChangedSince: boolean } {
    const { tags, fields, status } = this.#changed()
    const bears = new Set(standing.tags)
    const ofTags = sideOfAll(tags.map(([tag, change]) => sideOf(change, bears.has(tag), Object.is)))
    const ofFields = fields.map(([id, change]) => sideOf(change, standing.fields[id]?.values[0] ?? null, Object.is))
    const ofStatus = status && sideOf(status, standing.status, isSamePlace)
    const asLeft = new RunChange(this)
    if (ofTags === 'as_left') asLeft.#tags = new Map(tags)
    asLeft.#fields = new Map(fields.filter((_, index) => ofFields[index] === 'as_left'))
    if (ofStatus === 'as_left') asLeft.#status = status
    return {
      asLeft: asLeft.isNothing ? null : asLeft,
      isChangedSince: [ofTags, ...ofFields, ofStatus].includes('neither'),
    }
  }

  /** The write that makes the entity stand as before the run, and its entry in the journal. */
  inverse(run: string): { readonly patch: EntityPatch; readonly entry: JournalEntry } {
    const { tags, fields, status } = this.#changed()
    const add = tags.filter(([, { before }]) => before).map(([tag]) => tag)
    const remove = tags.filter(([, { before }]) => !before).map(([tag]) => tag)
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

  /** Without the parts that stood in the end as before. */
  #changed() {
    const status = this.#status
    return {
      tags: [...this.#tags].filter(([, change]) => isChanged(change, Object.is)),
      fields: [...this.#fields].filter(([, change]) => isChanged(change, Object.is)),
      status: status && isChanged(status, isSamePlace) ? status : null,
    }
  }
}

/** Of parts that belong together. */
function sideOfAll(sides: readonly Side[]): Side {
  if (sides.every((side) => side === 'as_before')) return 'as_before'
  return sides.every((side) => side === 'as_left') ? 'as_left' : 'neither'
}

function isSamePlace(one: Place, other: Place): boolean {
  return one?.pipelineId === other?.pipelineId && one?.statusId === other?.statusId
}
