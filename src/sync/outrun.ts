import type { FieldFacts } from '../segmentation/facts.ts'

interface Tagged {
  readonly tags: readonly string[]
  /** Milliseconds: when it was asked for. */
  readonly readAt: number
}

interface Written {
  readonly tags: readonly string[]
  /** Milliseconds: when our last write to it had ended. */
  readonly wroteAt: number
}

interface Shown {
  readonly fields: FieldFacts
}

/**
 * Whether a reading was asked for before a write of ours had ended, and does not show it. It may be of the time before
 * the write, or show what somebody changed right after it: only a new reading can tell.
 */
export function isOutrun(reading: Tagged & Shown, known: (Written & Shown) | null | undefined): boolean {
  if (known == null || known.wroteAt <= reading.readAt) return false
  return !isSameSet(known.tags, reading.tags) || !hasSameValues(known.fields, reading.fields)
}

/** Of options we know the text we wrote, not yet their ids. */
function hasSameValues(a: FieldFacts, b: FieldFacts): boolean {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)])
  const valuesOf = (fields: FieldFacts, id: string) => JSON.stringify(fields[id]?.values ?? [])
  return [...ids].every((id) => valuesOf(a, id) === valuesOf(b, id))
}

/** The tags that stand as far as is known: a reading that our write outran does not bring the old ones back. */
export function tagsOf(reading: Tagged, known: Written | null | undefined): readonly string[] {
  return known && known.wroteAt > reading.readAt ? known.tags : reading.tags
}

/** Whether both hold the same, in whatever order. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const names = new Set(a)
  return names.size === new Set(b).size && b.every((name) => names.has(name))
}
