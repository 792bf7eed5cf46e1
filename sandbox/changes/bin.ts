import type { EntityType } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import type { Actor } from './patch.ts'
import { ENTITY_NAME, recordEvent } from './record-event.ts'

/** Moves a card to the bin; false: it is not among the living. Its links stay and are shown again when it comes back. */
export function binCard(world: World, type: EntityType, id: number, actor: Actor): boolean {
  if (!world[type].bin(id)) return false
  world[type].touch(id, world.now())
  tell(world, type, id, 'delete', actor)
  return true
}

/** Takes a card out of the bin; false: it is not there. */
export function restoreCard(world: World, type: EntityType, id: number, actor: Actor): boolean {
  if (!world[type].restore(id)) return false
  world[type].touch(id, world.now())
  tell(world, type, id, 'restore', actor)
  return true
}

function tell(world: World, type: EntityType, id: number, action: 'delete' | 'restore', actor: Actor): void {
  const happened = action === 'delete' ? 'deleted' : 'restored'
  recordEvent(world, {
    type: `${ENTITY_NAME[type]}_${happened}`,
    entityType: type,
    entityId: id,
    createdBy: actor.userId,
  })
  announceCard(world, type, id, action)
}
