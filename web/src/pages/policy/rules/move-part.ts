import type { Draft } from './draft.ts'
import { parentOf, partOf, removePart } from './edit-draft.ts'

type Group = Extract<Draft, { type: 'group' }>

/**
 * Moves a part (its "not" with it) one place up (-1) or down (1) as it stands on the page: past a comparison, into a
 * group at its near end, out of one at its edge. So it can be brought anywhere. The same tree where there is no further.
 */
export const movePart = (root: Draft, key: string, by: -1 | 1): Draft => {
  const moved = withNots(root, key)
  const group = parentOf(root, moved.key)
  if (group?.type !== 'group') return root
  const at = group.parts.findIndex((part) => part.key === moved.key)
  const next = group.parts[at + by]
  if (next === undefined) return movedOut(root, group, moved, by)
  const inner = groupIn(next)
  if (inner === null) return replaced(root, group.key, { ...group, parts: swapped(group.parts, at, at + by) })
  const parts = by === 1 ? [moved, ...inner.parts] : [...inner.parts, moved]
  return replaced(removePart(root, moved.key), inner.key, { ...inner, parts })
}

const movedOut = (root: Draft, group: Group, moved: Draft, by: -1 | 1): Draft => {
  const outer = withNots(root, group.key)
  const around = parentOf(root, outer.key)
  if (around?.type !== 'group') return root
  const rest = removePart(root, moved.key)
  const target = partOf(rest, around.key)
  if (target?.type !== 'group') return root
  const at = target.parts.findIndex((part) => part.key === outer.key)
  const place = by === -1 ? at : at + 1
  return replaced(rest, around.key, { ...target, parts: target.parts.toSpliced(place, 0, moved) })
}

/** The part with every `not` before it. */
const withNots = (root: Draft, key: string): Draft => {
  const parent = parentOf(root, key)
  if (parent?.type === 'not') return withNots(root, parent.key)
  return partOf(root, key) ?? root
}

const groupIn = (part: Draft): Group | null => {
  if (part.type === 'not') return groupIn(part.part)
  return part.type === 'group' ? part : null
}

const swapped = (parts: readonly Draft[], one: number, other: number): readonly Draft[] =>
  parts.map((part, index) => (index === one ? (parts[other] ?? part) : index === other ? (parts[one] ?? part) : part))

const replaced = (root: Draft, key: string, by: Draft): Draft => {
  if (root.key === key) return by
  if (root.type === 'not') return { ...root, part: replaced(root.part, key, by) }
  return root.type === 'group' ? { ...root, parts: root.parts.map((part) => replaced(part, key, by)) } : root
}
