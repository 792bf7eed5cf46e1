import type { Communication } from '../amocrm/entities.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey } from '../store/client-key.ts'
import type { AccountContext } from './account-context.ts'

/** A client, and the second in which he first wrote or called. */
export interface FirstCommunication {
  readonly ref: ClientRef
  readonly at: number
}

/** The first of each client among messages and calls on record. Those about a deal that is nobody's are nobody's. */
export async function firstCommunications(
  { id, mirror }: Pick<AccountContext, 'id' | 'mirror'>,
  communications: readonly Communication[],
): Promise<FirstCommunication[]> {
  const aboutDeals = communications.filter(({ entityType }) => entityType === 'leads')
  const owners = await mirror.owners(
    id,
    aboutDeals.map(({ entityId }) => entityId),
  )
  const first = new Map<string, FirstCommunication>()
  for (const { entityType, entityId, at } of communications) {
    const owner = entityType === 'leads' ? owners.get(entityId) : null
    const ref: ClientRef | null =
      entityType === 'leads'
        ? owner?.type === 'client'
          ? owner.ref
          : null
        : { kind: entityType === 'contacts' ? 'contact' : 'company', id: entityId }
    if (!ref) continue
    const key = clientKey(ref)
    first.set(key, { ref, at: Math.min(at, first.get(key)?.at ?? at) })
  }
  return [...first.values()]
}
