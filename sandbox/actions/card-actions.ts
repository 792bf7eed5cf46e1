import { binCard, restoreCard } from '../changes/bin.ts'
import { changeCompany, changeContact, createCompany, createContact } from '../changes/change-client.ts'
import { changeLead } from '../changes/change-lead.ts'
import { setContactCompany } from '../changes/links.ts'
import { type MergeOrder, mergeContacts } from '../changes/merge-contacts.ts'
import type { Actor, CardPatch, FieldChange } from '../changes/patch.ts'
import type { EntityType, FieldValue } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { mustFind } from './find.ts'

export interface NewClient {
  readonly name?: string
  readonly phone?: string
  readonly email?: string
  readonly tags?: readonly string[]
  readonly responsibleUserId?: number
  /** Seconds. */
  readonly createdAt?: number
  readonly updatedAt?: number
}

interface CardRef {
  readonly entityType: EntityType
  readonly id: number
}

/** What a manager does with cards of any type in the interface. */
export function cardActions(world: World, actor: Actor) {
  const change = ({ entityType, id }: CardRef, patch: CardPatch): void => {
    if (entityType === 'leads') changeLead(world, mustFind(world, 'leads', id), patch, actor)
    else if (entityType === 'contacts') changeContact(world, mustFind(world, 'contacts', id), patch, actor)
    else changeCompany(world, mustFind(world, 'companies', id), patch, actor)
  }
  const contactPoint = (contactId: number, code: 'PHONE' | 'EMAIL', text: string | null): void =>
    change({ entityType: 'contacts', id: contactId }, { fields: [pointField(world, 'contacts', code, text)] })

  return {
    createContact({ companyId, ...client }: NewClient & { companyId?: number } = {}): number {
      const { id } = createContact(world, draftOf(world, 'contacts', client), actor)
      if (companyId !== undefined) setContactCompany(world, id, companyId)
      return id
    },

    createCompany(client: NewClient = {}): number {
      return createCompany(world, draftOf(world, 'companies', client), actor).id
    },

    /** Sets and takes off tags by hand. */
    setTags({
      add = [],
      remove = [],
      ...card
    }: CardRef & { add?: readonly string[]; remove?: readonly string[] }): void {
      const refs = (names: readonly string[]) => names.map((name) => ({ name }))
      change(card, { tags: { type: 'mutate', add: refs(add), remove: refs(remove) } })
    },

    /** Sets a custom field; null clears it. */
    setField({ fieldId, values, ...card }: CardRef & { fieldId: number; values: readonly FieldValue[] | null }): void {
      change(card, { fields: [{ fieldId, values }] })
    },

    rename({ name, ...card }: CardRef & { name: string }): void {
      change(card, { name })
    },

    changeResponsible({ userId, ...card }: CardRef & { userId: number }): void {
      change(card, { responsibleUserId: userId })
    },

    changePhone({ contactId, phone }: { contactId: number; phone: string | null }): void {
      contactPoint(contactId, 'PHONE', phone)
    },

    changeEmail({ contactId, email }: { contactId: number; email: string | null }): void {
      contactPoint(contactId, 'EMAIL', email)
    },

    /** Moves a card to the bin. */
    remove({ entityType, id }: CardRef): void {
      mustFind(world, entityType, id)
      binCard(world, entityType, id, actor)
    },

    /** Takes a card back out of the bin. */
    restore({ entityType, id }: CardRef): void {
      if (!restoreCard(world, entityType, id, actor)) throw new Error(`${entityType} ${id} is not in the bin`)
    },

    mergeContacts(merge: { winnerId: number; loserId: number; order?: MergeOrder }): void {
      const winner = mustFind(world, 'contacts', merge.winnerId)
      const loser = mustFind(world, 'contacts', merge.loserId)
      mergeContacts(world, winner, loser, merge.order ?? 'update_first', actor)
    },
  }
}

function draftOf(world: World, type: 'contacts' | 'companies', client: NewClient): CardPatch {
  const { phone, email, tags, ...rest } = client
  const fields = [
    ...(phone === undefined ? [] : [pointField(world, type, 'PHONE', phone)]),
    ...(email === undefined ? [] : [pointField(world, type, 'EMAIL', email)]),
  ]
  const tagged = tags === undefined ? {} : { tags: { type: 'replace' as const, tags: tags.map((name) => ({ name })) } }
  return { ...rest, ...tagged, fields }
}

function pointField(world: World, type: EntityType, code: 'PHONE' | 'EMAIL', text: string | null): FieldChange {
  const field = world.fields[type].byCode(code)
  const [kind] = field?.enums ?? []
  if (field === undefined || kind === undefined) throw new Error(`No field ${code} among ${type}`)
  return { fieldId: field.id, values: text === null ? null : [{ value: text, enumId: kind.id }] }
}
