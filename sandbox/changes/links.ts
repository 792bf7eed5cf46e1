import type { Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import type { Actor } from './patch.ts'
import { ENTITY_NAME, recordEvent } from './record-event.ts'

/** Living contacts of a deal, in the order they were linked. */
export function contactsOf(world: World, lead: Lead): readonly number[] {
  return lead.contactIds.filter((id) => world.contacts.get(id) !== undefined)
}

/** The main contact: the chosen one while it lives, else the first. */
export function mainContactOf(world: World, lead: Lead): number | null {
  const living = contactsOf(world, lead)
  if (lead.mainContactId !== null && living.includes(lead.mainContactId)) return lead.mainContactId
  return living[0] ?? null
}

export function attachContact(world: World, lead: Lead, contactId: number): void {
  const contact = world.contacts.get(contactId)
  if (contact === undefined || lead.contactIds.includes(contactId)) return
  lead.contactIds = [...lead.contactIds, contactId]
  lead.mainContactId ??= contactId
  contact.leadIds = [...contact.leadIds, lead.id]
}

export function detachContact(world: World, lead: Lead, contactId: number): void {
  lead.contactIds = lead.contactIds.filter((id) => id !== contactId)
  if (lead.mainContactId === contactId) lead.mainContactId = lead.contactIds[0] ?? null
  const contact = world.contacts.find(contactId)
  if (contact !== undefined) contact.leadIds = contact.leadIds.filter((id) => id !== lead.id)
}

/** A deal has one company at most: the former one is let go. */
export function attachCompany(world: World, lead: Lead, companyId: number): void {
  const company = world.companies.get(companyId)
  if (company === undefined || lead.companyId === companyId) return
  detachCompany(world, lead)
  lead.companyId = companyId
  company.leadIds = [...company.leadIds, lead.id]
}

export function detachCompany(world: World, lead: Lead): void {
  const company = lead.companyId === null ? undefined : world.companies.find(lead.companyId)
  if (company !== undefined) company.leadIds = company.leadIds.filter((id) => id !== lead.id)
  lead.companyId = null
}

/** A contact has one company at most as well. */
export function setContactCompany(world: World, contactId: number, companyId: number | null): void {
  const contact = world.contacts.get(contactId)
  if (contact === undefined) return
  const former = contact.companyId === null ? undefined : world.companies.find(contact.companyId)
  if (former !== undefined) former.contactIds = former.contactIds.filter((id) => id !== contactId)
  contact.companyId = companyId
  const company = companyId === null ? undefined : world.companies.get(companyId)
  if (company !== undefined) company.contactIds = [...company.contactIds, contactId]
}

export interface LinkTarget {
  readonly type: 'leads' | 'contacts' | 'companies'
  readonly id: number
}

/**
 * Linking has no hook of its own: both sides get a new update instant, and where `doubts.linkHooks` is set an update
 * hook each (that of the contact carries the new map of deals). Two events are recorded.
 */
export function noteLinkChange(
  world: World,
  kind: 'linked' | 'unlinked',
  ends: [LinkTarget, LinkTarget],
  actor: Actor,
) {
  const [from, to] = ends
  for (const [end, other] of [
    [from, to],
    [to, from],
  ] as const) {
    const card = world[end.type].get(end.id)
    if (card === undefined) continue
    card.updatedBy = actor.userId
    world[end.type].touch(end.id, world.now())
    const value = [{ link: { entity: { type: ENTITY_NAME[other.type], id: other.id } } }]
    const about = { entityType: end.type, entityId: end.id, createdBy: actor.userId }
    const values = kind === 'linked' ? { after: value } : { before: value }
    recordEvent(world, { ...about, type: `entity_${kind}`, ...values })
    if (world.doubts.linkHooks) announceCard(world, end.type, end.id, 'update')
  }
}
