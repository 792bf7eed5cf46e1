import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'

const INCOMING_EVENTS: ReadonlySet<string> = new Set(['incoming_chat_message', 'incoming_call'])

/** What is on record of incoming messages and calls, by card: `contact:5` → seconds of the first. */
interface Index {
  readonly byCard: Map<string, number>
  events: number
  notes: number
}

const indexes = new WeakMap<World, Index>()

/** Second of the client's first message or call on record: on his own card or on one of his deals. Null: none. */
export function incomingAt(world: World, ref: ClientRef, deals: readonly Lead[]): number | null {
  const { byCard } = indexOf(world)
  const keys = [`${ref.kind}:${ref.id}`, ...deals.map(({ id }) => `lead:${id}`)]
  const instants = keys.map((key) => byCard.get(key)).filter((at) => at !== undefined)
  return instants.length === 0 ? null : Math.min(...instants)
}

/** Events and notes are only ever added: what came since the last call is put to the rest. */
function indexOf(world: World): Index {
  const index = indexes.get(world) ?? { byCard: new Map(), events: 0, notes: 0 }
  indexes.set(world, index)
  const note = (card: string, at: number): void => {
    index.byCard.set(card, Math.min(at, index.byCard.get(card) ?? at))
  }
  for (; index.events < world.events.length; index.events++) {
    const event = world.events[index.events]
    if (event && INCOMING_EVENTS.has(event.type)) note(`${event.entityType}:${event.entityId}`, event.createdAt)
  }
  const notes = world.notes.all
  if (notes.length === index.notes) return index
  const kinds = { leads: 'lead', contacts: 'contact', companies: 'company' } as const
  for (const { noteType, entityType, entityId, createdAt } of notes) {
    if (noteType === 'call_in') note(`${kinds[entityType]}:${entityId}`, createdAt)
  }
  index.notes = notes.length
  return index
}
