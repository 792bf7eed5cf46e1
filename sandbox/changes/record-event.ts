import type { EntityType } from '../world/model.ts'
import type { World } from '../world/world.ts'

export const ENTITY_NAME = { leads: 'lead', contacts: 'contact', companies: 'company' } as const satisfies Record<
  EntityType,
  string
>

export interface EventDraft {
  readonly type: string
  readonly entityType: EntityType
  readonly entityId: number
  readonly createdBy: number
  readonly before?: readonly unknown[]
  readonly after?: readonly unknown[]
  /** Seconds; default: now. */
  readonly at?: number
}

/** Adds an entry to the account's event list. */
export function recordEvent(world: World, draft: EventDraft): void {
  world.events.push({
    id: `01${world.nextId().toString(16).padStart(24, '0')}`,
    type: draft.type,
    entityType: ENTITY_NAME[draft.entityType],
    entityId: draft.entityId,
    createdBy: draft.createdBy,
    createdAt: draft.at ?? world.now(),
    valueBefore: draft.before ?? [],
    valueAfter: draft.after ?? [],
  })
}
