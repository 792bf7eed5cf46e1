import type { Company, Contact } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import { applyCardPatch } from './apply-card-patch.ts'
import type { Actor, CardPatch, ContactPatch } from './patch.ts'
import { recordEvent } from './record-event.ts'

/** Changes a contact and tells of it; a new responsible is part of the update hook. */
export function changeContact(world: World, contact: Contact, patch: ContactPatch, actor: Actor): void {
  const oldResponsible = contact.responsibleUserId
  const before = contact.firstName + contact.lastName + contact.name
  applyNames(contact, patch)
  const named = before !== contact.firstName + contact.lastName + contact.name
  const carded = applyCardPatch(world, 'contacts', contact, patch, actor)
  if (!named && !carded && world.doubts.emptyPatch === 'ignore') return
  contact.updatedBy = patch.updatedBy ?? actor.userId
  world.contacts.touch(contact.id, patch.updatedAt ?? world.now())
  announceCard(world, 'contacts', contact.id, 'update', responsibleBefore(oldResponsible, contact.responsibleUserId))
}

export function changeCompany(world: World, company: Company, patch: CardPatch, actor: Actor): void {
  const oldResponsible = company.responsibleUserId
  const changed = applyCardPatch(world, 'companies', company, patch, actor)
  if (!changed && world.doubts.emptyPatch === 'ignore') return
  company.updatedBy = patch.updatedBy ?? actor.userId
  world.companies.touch(company.id, patch.updatedAt ?? world.now())
  announceCard(world, 'companies', company.id, 'update', responsibleBefore(oldResponsible, company.responsibleUserId))
}

export function createContact(world: World, draft: ContactPatch, actor: Actor): Contact {
  const contact: Contact = {
    ...blankCard(world, draft, actor),
    firstName: '',
    lastName: '',
    companyId: null,
    leadIds: [],
  }
  applyNames(contact, draft)
  applyCardPatch(world, 'contacts', contact, draft, actor)
  world.contacts.add(contact)
  recordEvent(world, { type: 'contact_added', entityType: 'contacts', entityId: contact.id, createdBy: actor.userId })
  announceCard(world, 'contacts', contact.id, 'add')
  return contact
}

export function createCompany(world: World, draft: CardPatch, actor: Actor): Company {
  const company: Company = { ...blankCard(world, draft, actor), leadIds: [], contactIds: [] }
  applyCardPatch(world, 'companies', company, draft, actor)
  world.companies.add(company)
  recordEvent(world, { type: 'company_added', entityType: 'companies', entityId: company.id, createdBy: actor.userId })
  announceCard(world, 'companies', company.id, 'add')
  return company
}

function blankCard(world: World, draft: CardPatch, actor: Actor) {
  const now = world.now()
  return {
    id: world.nextId(),
    name: '',
    responsibleUserId: actor.userId || world.admin.id,
    createdBy: actor.userId,
    updatedBy: draft.updatedBy ?? actor.userId,
    createdAt: draft.createdAt ?? now,
    updatedAt: draft.updatedAt ?? now,
    isDeleted: false,
    tagIds: [],
    fields: null,
  }
}

/** A full name alone is split at the first space; parts alone make the full name. */
function applyNames(contact: Contact, patch: ContactPatch): void {
  if (patch.name !== undefined) {
    const [first = '', ...rest] = patch.name.split(' ')
    contact.name = patch.name
    contact.firstName = first
    contact.lastName = rest.join(' ')
  }
  if (patch.firstName !== undefined) contact.firstName = patch.firstName
  if (patch.lastName !== undefined) contact.lastName = patch.lastName
  if (patch.name === undefined && (patch.firstName !== undefined || patch.lastName !== undefined)) {
    contact.name = [contact.firstName, contact.lastName].filter(Boolean).join(' ')
  }
}

function responsibleBefore(old: number, now: number): { readonly oldResponsibleUserId?: number } {
  return old === now ? {} : { oldResponsibleUserId: old }
}
