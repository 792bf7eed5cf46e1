import type { Comparison } from '../../../../../src/segmentation/rules/comparison-schema.ts'
import type { Condition } from '../../../../../src/segmentation/rules/condition-schema.ts'

/** A comparison as it is edited: its parts may not fit together yet. */
export interface DraftComparison {
  readonly fact: string
  readonly op: Comparison['op']
  readonly value?: unknown
}

export type Join = 'all' | 'any'

/** A condition while it is edited: the same tree, each part with a key that stays while the tree around it changes. */
export type Draft =
  | { readonly key: string; readonly type: 'group'; readonly join: Join; readonly parts: readonly Draft[] }
  | { readonly key: string; readonly type: 'not'; readonly part: Draft }
  | { readonly key: string; readonly type: 'comparison'; readonly comparison: DraftComparison }

let lastKey = 0

/** A key no other part of any condition has. */
export const newKey = (): string => `part-${++lastKey}`

/** The condition as a draft; nothing of it is lost. */
export const toDraft = (condition: Condition): Draft => {
  const key = newKey()
  if ('all' in condition) return { key, type: 'group', join: 'all', parts: condition.all.map(toDraft) }
  if ('any' in condition) return { key, type: 'group', join: 'any', parts: condition.any.map(toDraft) }
  if ('not' in condition) return { key, type: 'not', part: toDraft(condition.not) }
  return { key, type: 'comparison', comparison: condition }
}

/** The draft as it is sent; whether it makes sense is for the service to say. */
export const fromDraft = (draft: Draft): Condition => {
  switch (draft.type) {
    case 'group':
      return draft.join === 'all' ? { all: draft.parts.map(fromDraft) } : { any: draft.parts.map(fromDraft) }
    case 'not':
      return { not: fromDraft(draft.part) }
    case 'comparison':
      return draft.comparison as Comparison
  }
}

export const newComparison = (comparison: DraftComparison = { fact: '', op: 'eq', value: '' }): Draft => ({
  key: newKey(),
  type: 'comparison',
  comparison,
})

export const newGroup = (join: Join, parts: readonly Draft[] = [newComparison()]): Draft => ({
  key: newKey(),
  type: 'group',
  join,
  parts,
})
