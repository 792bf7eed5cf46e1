import type { Contact } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import { attachContact, detachContact, setContactCompany } from './links.ts'
import type { Actor } from './patch.ts'
import { recordEvent } from './record-event.ts'

/** Which hook of a merge comes first; the platform's order is not documented. */
export type MergeOrder = 'update_first' | 'delete_first'

/**
 * Merges duplicates: the winner takes the loser's deals, tags, company and the fields it lacks; the loser goes to the
 * bin. The deals themselves get no hook and no new update instant.
 */
export function mergeContacts(world: World, winner: Contact, loser: Contact, order: MergeOrder, actor: Actor): void {
  for (const leadId of loser.leadIds) moveDeal(world, leadId, winner.id, loser.id)
  winner.tagIds = [...new Set([...winner.tagIds, ...loser.tagIds])]
  const owned = new Set((winner.fields ?? []).map(({ fieldId }) => fieldId))
  const fields = [...(winner.fields ?? []), ...(loser.fields ?? []).filter(({ fieldId }) => !owned.has(fieldId))]
  winner.fields = fields.length === 0 ? null : fields
  if (winner.companyId === null && loser.companyId !== null) setContactCompany(world, winner.id, loser.companyId)
  setContactCompany(world, loser.id, null)
  winner.updatedBy = actor.userId
  world.contacts.touch(winner.id, world.now())
  world.contacts.touch(loser.id, world.now())
  world.contacts.bin(loser.id)
  recordEvent(world, { type: 'entity_merged', entityType: 'contacts', entityId: winner.id, createdBy: actor.userId })
  const hooks = [
    () => announceCard(world, 'contacts', winner.id, 'update'),
    () => announceCard(world, 'contacts', loser.id, 'delete'),
  ]
  for (const tell of order === 'update_first' ? hooks : hooks.reverse()) tell()
}

function moveDeal(world: World, leadId: number, winnerId: number, loserId: number): void {
  const lead = world.leads.find(leadId)
  if (lead === undefined) return
  const wasMain = lead.mainContactId === loserId
  detachContact(world, lead, loserId)
  attachContact(world, lead, winnerId)
  if (wasMain) lead.mainContactId = winnerId
}
