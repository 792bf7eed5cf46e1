import type { Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import type { LinkTarget } from './links.ts'
import {
  attachCompany,
  attachContact,
  detachCompany,
  detachContact,
  noteLinkChange,
  setContactCompany,
} from './links.ts'
import type { Actor } from './patch.ts'

/** Links two cards in whichever order they are named; `isMain` concerns a deal's contact. False: no such pair of types. */
export function linkCards(world: World, a: LinkTarget, b: LinkTarget, isMain: boolean, actor: Actor): boolean {
  return withPair(world, a, b, {
    leadContact: (lead, contactId) => {
      attachContact(world, lead, contactId)
      if (isMain) lead.mainContactId = contactId
    },
    leadCompany: (lead, companyId) => attachCompany(world, lead, companyId),
    contactCompany: (contactId, companyId) => setContactCompany(world, contactId, companyId),
    after: () => noteLinkChange(world, 'linked', [a, b], actor),
  })
}

export function unlinkCards(world: World, a: LinkTarget, b: LinkTarget, actor: Actor): boolean {
  return withPair(world, a, b, {
    leadContact: (lead, contactId) => detachContact(world, lead, contactId),
    leadCompany: (lead, companyId) => {
      if (lead.companyId === companyId) detachCompany(world, lead)
    },
    contactCompany: (contactId, companyId) => {
      if (world.contacts.get(contactId)?.companyId === companyId) setContactCompany(world, contactId, null)
    },
    after: () => noteLinkChange(world, 'unlinked', [a, b], actor),
  })
}

interface PairActs {
  readonly leadContact: (lead: Lead, contactId: number) => void
  readonly leadCompany: (lead: Lead, companyId: number) => void
  readonly contactCompany: (contactId: number, companyId: number) => void
  readonly after: () => void
}

function withPair(world: World, a: LinkTarget, b: LinkTarget, acts: PairActs): boolean {
  const ends = [a, b]
  const idOf = (type: LinkTarget['type']): number | undefined => ends.find((end) => end.type === type)?.id
  const leadId = idOf('leads')
  const contactId = idOf('contacts')
  const companyId = idOf('companies')
  const lead = leadId === undefined ? undefined : world.leads.get(leadId)
  if (lead !== undefined && contactId !== undefined) acts.leadContact(lead, contactId)
  else if (lead !== undefined && companyId !== undefined) acts.leadCompany(lead, companyId)
  else if (contactId !== undefined && companyId !== undefined) acts.contactCompany(contactId, companyId)
  else return false
  acts.after()
  return true
}

/** Makes a linked contact the main one of its deal: the deal is updated. */
export function setMainContact(world: World, lead: Lead, contactId: number, actor: Actor): void {
  if (!lead.contactIds.includes(contactId)) throw new Error(`Contact ${contactId} is not linked to deal ${lead.id}`)
  lead.mainContactId = contactId
  lead.updatedBy = actor.userId
  world.leads.touch(lead.id, world.now())
  announceCard(world, 'leads', lead.id, 'update')
}
