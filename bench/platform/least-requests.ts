import { cardRefs, ownerOf, tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import { ENTITY_TYPES, type EntityType } from '../../sandbox/world/model.ts'
import type { World } from '../../sandbox/world/world.ts'

const PAGE = 250
/** Events come by 100 at most. */
const EVENTS_PAGE = 100
const INCOMING = ['incoming_call', 'incoming_chat_message']

/** The fewest requests in which a base can be read whole and made right. */
export interface LeastRequests {
  /** Pages of deals and contacts. */
  readonly pages: number
  /** Pages of messages and calls, and of companies that own deals of nobody else. */
  readonly more: number
  /** Batches of cards that came to bear other tags. */
  readonly writes: number
}

/** How every card is tagged. */
export type TagPhoto = ReadonlyMap<string, string>

export function tagPhoto(world: World): TagPhoto {
  const photo = new Map<string, string>()
  for (const type of ENTITY_TYPES) {
    for (const card of world[type].all) photo.set(`${type}:${card.id}`, tagsOf(world, type, card).sort().join('\n'))
  }
  return photo
}

/** `before`: how the base was tagged before it was made right. */
export function leastRequests(world: World, before: TagPhoto): LeastRequests {
  const notes = (type: EntityType) =>
    world.notes.all.filter(({ entityType, noteType }) => entityType === type && noteType === 'call_in').length
  const events = world.events.filter(({ type }) => INCOMING.includes(type)).length
  const now = tagPhoto(world)
  const changed = (type: EntityType) =>
    [...now].filter(([key, tags]) => key.startsWith(`${type}:`) && before.get(key) !== tags).length
  return {
    pages: pagesOf(world.leads.size) + pagesOf(world.contacts.size),
    more:
      Math.max(1, Math.ceil(events / EVENTS_PAGE)) +
      pagesOf(notes('leads')) +
      pagesOf(notes('contacts')) +
      Math.ceil(companiesWithDeals(world) / PAGE),
    writes: ENTITY_TYPES.reduce((sum, type) => sum + Math.ceil(changed(type) / PAGE), 0),
  }
}

/** An empty list costs a request too. */
function pagesOf(count: number): number {
  return Math.max(1, Math.ceil(count / PAGE))
}

function companiesWithDeals(world: World): number {
  const owners = new Set<number>()
  for (const lead of world.leads.all) {
    const owner = ownerOf(world, lead, 'contact')
    if (owner?.kind === 'company') owners.add(owner.id)
  }
  return owners.size
}

/** Clients whose cards do not stand as they should. */
export function wrongClients(world: World, isRight: (ref: ReturnType<typeof cardRefs>[number]) => boolean): number {
  return cardRefs(world).filter((ref) => !isRight(ref)).length
}
