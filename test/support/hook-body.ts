import type { EntityType } from '../../src/amocrm/amo-api.ts'
import type { FakeWorld } from './fake-world.ts'

/** What amoCRM's webhook about an update of a card holds, as it stands now. */
export function updateHook(world: FakeWorld, type: EntityType, id: number): Record<string, unknown> {
  const card = world.cards(type).get(id)
  if (!card) throw new Error(`the made-up world has no ${type}/${id}`)
  const item = {
    id,
    name: card.name,
    ...('statusId' in card && { status_id: card.statusId, pipeline_id: card.pipelineId, price: card.price ?? '' }),
    responsible_user_id: card.responsibleUserId,
    last_modified: card.updatedAt,
    updated_at: card.updatedAt,
    ...(type !== 'leads' && { type: type === 'contacts' ? 'contact' : 'company' }),
    tags: card.tags.map((name, index) => ({ id: 100 + index, name })),
    custom_fields: Object.entries(card.fields).map(([field, { values }]) => ({
      id: field,
      values: values.map((value) => ({ value })),
    })),
  }
  return { account: { id: 1 }, [type === 'leads' ? 'leads' : 'contacts']: { update: [item] } }
}

/** The body as it comes: a form, escaped as PHP does it. */
export function formBody(value: unknown): Buffer {
  return Buffer.from(pairsOf('', value).join('&'))
}

function pairsOf(path: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}=${escaped(String(value))}`]
  return Object.entries(value).flatMap(([key, inner]) => pairsOf(path ? `${path}%5B${escaped(key)}%5D` : key, inner))
}

const escaped = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+')
