import type { EntityPatch, FieldPatch, Tags } from './amo-api.ts'

/** One item of a PATCH body. `request_id` is echoed and names the item in errors (amoCRM, "HTTP codes"). */
export type WirePatch = Readonly<Record<string, unknown>>

/**
 * A patch as amoCRM takes it: only what changes, never a fetched object (foreign `updated_by` and computed fields
 * are refused).
 *
 * @param wholeTags the full set of names to stand afterwards, for accounts without `tags_to_add`; else undefined
 */
export function toWirePatch(patch: EntityPatch, wholeTags?: readonly string[]): WirePatch {
  return {
    id: patch.id,
    ...(patch.status ? { pipeline_id: patch.status.pipelineId, status_id: patch.status.statusId } : {}),
    ...tagParts(patch.tags, wholeTags),
    ...(patch.fields ? { custom_fields_values: Object.entries(patch.fields).map(toWireField) } : {}),
  }
}

/** The full set after adding and removing; other people's tags stay. */
export function tagsAfter(present: readonly string[], { add, remove }: Tags): string[] {
  const added = new Set(add)
  return [...new Set([...present.filter((tag) => added.has(tag) || !remove.includes(tag)), ...add])]
}

function tagParts(tags: Tags | undefined, wholeTags: readonly string[] | undefined): WirePatch {
  if (wholeTags) return { _embedded: { tags: wholeTags.length > 0 ? wholeTags.map(toName) : null } }
  if (!tags) return {}
  const remove = tags.remove.filter((tag) => !tags.add.includes(tag))
  return {
    ...(tags.add.length > 0 ? { tags_to_add: tags.add.map(toName) } : {}),
    ...(remove.length > 0 ? { tags_to_delete: remove.map(toName) } : {}),
  }
}

/** By name alone: amoCRM makes a new tag of an unknown name, and doubles of id and name together. */
function toName(name: string): { name: string } {
  return { name }
}

function toWireField([id, field]: [string, FieldPatch | null]) {
  if (field === null) return { field_id: Number(id), values: null }
  return { field_id: Number(id), values: ['enumId' in field ? { enum_id: field.enumId } : { value: field.value }] }
}
