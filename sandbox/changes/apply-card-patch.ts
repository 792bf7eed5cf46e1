import type { Card, EntityType, FieldValues } from '../world/model.ts'
import type { TagDictionary } from '../world/tag-dictionary.ts'
import type { World } from '../world/world.ts'
import type { Actor, CardPatch, FieldChange, TagChange } from './patch.ts'
import { recordEvent } from './record-event.ts'

/**
 * Writes what all cards have in common and records the events of tags. Says whether anything differs from before.
 * The update instant is not touched here.
 */
export function applyCardPatch(world: World, type: EntityType, card: Card, patch: CardPatch, actor: Actor): boolean {
  const before = JSON.stringify([card.name, card.responsibleUserId, card.fields])
  if (patch.name !== undefined) card.name = patch.name
  if (patch.responsibleUserId !== undefined) card.responsibleUserId = patch.responsibleUserId
  if (patch.createdBy !== undefined) card.createdBy = patch.createdBy
  if (patch.fields !== undefined) card.fields = withFields(card.fields, patch.fields)
  const retagged = patch.tags === undefined ? false : retag(world, type, card, patch.tags, actor)
  return retagged || before !== JSON.stringify([card.name, card.responsibleUserId, card.fields])
}

function retag(world: World, type: EntityType, card: Card, change: TagChange, actor: Actor): boolean {
  const old = card.tagIds
  const next = tagIdsAfter(world.tags[type], old, change)
  const added = next.filter((id) => !old.includes(id))
  const removed = old.filter((id) => !next.includes(id))
  if (added.length + removed.length === 0) return false
  card.tagIds = next
  const value = (id: number): unknown => ({ tag: { id, name: world.tags[type].byId(id)?.name } })
  const about = { entityType: type, entityId: card.id, createdBy: actor.userId }
  for (const id of added) recordEvent(world, { ...about, type: 'entity_tag_added', after: [value(id)] })
  for (const id of removed) recordEvent(world, { ...about, type: 'entity_tag_deleted', before: [value(id)] })
  return true
}

/** Adding an unknown name makes the tag; deleting an unknown one does nothing. */
function tagIdsAfter(dictionary: TagDictionary, current: readonly number[], change: TagChange): readonly number[] {
  const idOf = (ref: { readonly id: number } | { readonly name: string }): number =>
    'id' in ref ? ref.id : dictionary.ensure(ref.name).id
  if (change.type === 'replace') return [...new Set(change.tags.map(idOf))]
  const removed = new Set(change.remove.map((ref) => dictionary.find(ref)?.id))
  return [...new Set([...current, ...change.add.map(idOf)])].filter((id) => !removed.has(id))
}

function withFields(current: readonly FieldValues[] | null, changes: readonly FieldChange[]): FieldValues[] | null {
  const values = new Map((current ?? []).map((entry) => [entry.fieldId, entry]))
  for (const { fieldId, values: next } of changes) {
    if (next === null || next.length === 0) values.delete(fieldId)
    else values.set(fieldId, { fieldId, values: next })
  }
  return values.size === 0 ? null : [...values.values()]
}
