import { type Draft, type DraftComparison, type Join, newGroup, newKey } from './draft.ts'

type Change = (draft: Draft) => Draft | null

/** The tree with one part changed; null takes it away, and a `not` around it with it. */
const changed = (root: Draft, key: string, change: Change): Draft | null => {
  if (root.key === key) return change(root)
  if (root.type === 'not') {
    const part = changed(root.part, key, change)
    if (part === root.part) return root
    return part && { ...root, part }
  }
  if (root.type === 'comparison') return root
  const parts = root.parts.flatMap((part) => changed(part, key, change) ?? [])
  return parts.length === root.parts.length && parts.every((part, index) => part === root.parts[index])
    ? root
    : { ...root, parts }
}

const change = (root: Draft, key: string, edit: Change): Draft => changed(root, key, edit) ?? newGroup('all', [])

export const setComparison = (root: Draft, key: string, comparison: DraftComparison): Draft =>
  change(root, key, (part) => (part.type === 'comparison' ? { ...part, comparison } : part))

export const setJoin = (root: Draft, key: string, join: Join): Draft =>
  change(root, key, (part) => (part.type === 'group' ? { ...part, join } : part))

/** Without the part; the last one gone leaves an empty group. */
export const removePart = (root: Draft, key: string): Draft => change(root, key, () => null)

/** Adds to a group; beside a lone comparison, or a `not`, a group of both is made. */
export const addPart = (root: Draft, key: string, added: Draft): Draft =>
  change(root, key, (part) =>
    part.type === 'group' ? { ...part, parts: [...part.parts, added] } : newGroup('all', [part, added]),
  )

/** Puts "not" before a part, or takes away the one before it. */
export const toggleNot = (root: Draft, key: string): Draft => {
  const before = parentOf(root, key)
  if (before?.type === 'not') return change(root, before.key, () => before.part)
  return change(root, key, (part) => ({ key: newKey(), type: 'not', part }))
}

/** Puts a group around a part. */
export const wrapPart = (root: Draft, key: string): Draft => change(root, key, (part) => newGroup('any', [part]))

/** Puts the parts of a group in its place in the group around it. */
export const dissolveGroup = (root: Draft, key: string): Draft => {
  const around = parentOf(root, key)
  const inner = partOf(root, key)
  if (inner?.type !== 'group') return root
  if (around?.type === 'group') {
    const parts = around.parts.flatMap((part) => (part.key === key ? inner.parts : [part]))
    return change(root, around.key, () => ({ ...around, parts }))
  }
  const [only, ...more] = inner.parts
  return only === undefined || more.length > 0 ? root : change(root, key, () => only)
}

export const partOf = (root: Draft, key: string): Draft | null => {
  if (root.key === key) return root
  for (const part of partsIn(root)) {
    const found = partOf(part, key)
    if (found) return found
  }
  return null
}

/** The group or `not` a part stands in; null for the root. */
export const parentOf = (root: Draft, key: string): Draft | null => {
  for (const part of partsIn(root)) {
    const found = part.key === key ? root : parentOf(part, key)
    if (found) return found
  }
  return null
}

const partsIn = (draft: Draft): readonly Draft[] => {
  if (draft.type === 'group') return draft.parts
  return draft.type === 'not' ? [draft.part] : []
}
