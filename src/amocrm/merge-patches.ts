import type { EntityPatch, Tags } from './amo-api.ts'

/** One patch that does what `earlier` and then `later` would: the later wins part by part, field by field. */
export function mergePatches(earlier: EntityPatch, later: EntityPatch): EntityPatch {
  const status = later.status ?? earlier.status
  const tags = earlier.tags && later.tags ? mergeTags(earlier.tags, later.tags) : (later.tags ?? earlier.tags)
  const fields = earlier.fields || later.fields ? { ...earlier.fields, ...later.fields } : undefined
  return {
    id: later.id,
    ...(tags ? { tags } : {}),
    ...(status ? { status } : {}),
    ...(fields ? { fields } : {}),
  }
}

/** Whether a patch would change nothing. */
export function isEmptyPatch({ tags, status, fields }: EntityPatch): boolean {
  return !hasTags({ tags }) && !status && Object.keys(fields ?? {}).length === 0
}

export function hasTags({ tags }: { readonly tags?: Tags | undefined }): boolean {
  return tags !== undefined && tags.add.length + tags.remove.length > 0
}

function mergeTags(earlier: Tags, later: Tags): Tags {
  const removedLater = new Set(later.remove)
  const addedLater = new Set(later.add)
  return {
    add: union(
      earlier.add.filter((tag) => !removedLater.has(tag)),
      later.add,
    ),
    remove: union(
      earlier.remove.filter((tag) => !addedLater.has(tag)),
      later.remove,
    ),
  }
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])]
}
