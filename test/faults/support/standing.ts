import type { EntityType } from '../../../src/amocrm/amo-api.ts'
import type { Plant } from './plant.ts'
import { BASE_PIPELINE, type Standing } from './scenarios.ts'

/** Ids from here on are of what was made by the service itself. */
const FIRST_OWN_ID = 9_000_000

/** What stands in the account now; cards made by the service are told by their stage alone. */
export function standing({ api, world }: Plant): Required<Standing> {
  const living = (type: EntityType) =>
    [...world.cards(type).values()].filter((card) => !('deleted' in card && card.deleted) && card.id < FIRST_OWN_ID)
  const cards: Record<number, number[]> = {}
  for (const { pipelineId, contacts, statusId } of world.leads.values()) {
    const client = contacts[0]?.id ?? 0
    if (pipelineId === BASE_PIPELINE) cards[client] = [...(cards[client] ?? []), statusId]
  }
  const told = ({ entityType, entityId, text }: { entityType: EntityType; entityId: number; text: string }) =>
    `${entityType}/${entityId}: ${text}`
  return {
    tags: Object.fromEntries(
      (['contacts', 'companies', 'leads'] as const).flatMap((type) =>
        living(type).map(({ id }) => [`${type}/${id}`, world.tags(type, id).join(', ')]),
      ),
    ),
    cards,
    tasks: api.tasks.map(told),
    notes: api.notesMade.map(told),
  }
}

/** With nothing where nothing is said. */
export function whole({ tags, cards = {}, tasks = [], notes = [] }: Standing): Required<Standing> {
  return { tags, cards, tasks, notes }
}
