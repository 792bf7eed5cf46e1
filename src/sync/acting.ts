import type { EntityType } from '../amocrm/amo-api.ts'
import type { ActionEntity, PlannedAction } from '../segmentation/plan-actions.ts'
import type { IndexCommand } from '../store/index-changes.ts'

export type Action<Type extends PlannedAction['type']> = Extract<PlannedAction, { type: Type }>

/** How an action ended; `alongside` is remembered in the same step. */
export type ActResult =
  | { readonly type: 'made'; readonly what: string; readonly alongside?: readonly IndexCommand[] }
  /** A write that stands in the journal as such. */
  | { readonly type: 'written'; readonly what: string }
  /** It stood already, may not be repeated, or is not wanted any more. */
  | { readonly type: 'skipped'; readonly why: string }

const ENTITY_TYPES = { deal: 'leads', contact: 'contacts', company: 'companies' } as const

export function entityTypeOf({ type }: ActionEntity): EntityType {
  return ENTITY_TYPES[type]
}

/** amoCRM may change the white space of a text that it keeps. */
export function isSameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  return plain(one) === plain(other)
}
