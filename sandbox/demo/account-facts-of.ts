import type { AccountFacts, FieldInfo } from '../../src/segmentation/facts.ts'
import type { EntityType } from '../world/model.ts'
import type { World } from '../world/world.ts'

const KIND = { leads: 'lead', contacts: 'contact', companies: 'company' } as const satisfies Record<
  EntityType,
  FieldInfo['entity']
>

/** The account around the clients, from the sandbox's own data. No figures over all clients: nothing here asks them. */
export function accountFactsOf(world: World): AccountFacts {
  return {
    id: world.account.id,
    timeZone: world.account.timeZone,
    currency: world.account.currency,
    pipelines: [...world.pipelines.values()],
    lossReasons: world.lossReasons,
    fields: (['leads', 'contacts', 'companies'] as const).flatMap((type) => fieldsOf(world, type)),
    users: world.users,
    aggregates: { gaps: { count: 0, quantileSeconds: null } },
  }
}

function fieldsOf(world: World, type: EntityType): FieldInfo[] {
  return world.fields[type].all.map(({ id, code, name, type: fieldType, enums }) => ({
    entity: KIND[type],
    id,
    code,
    name,
    type: fieldType,
    enums: enums.map((option) => ({ id: option.id, value: option.value })),
  }))
}
