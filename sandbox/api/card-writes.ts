import { changeCompany, changeContact, createCompany, createContact } from '../changes/change-client.ts'
import { changeLead } from '../changes/change-lead.ts'
import { createLead } from '../changes/create-lead.ts'
import type { Card, CardOf, EntityType } from '../world/model.ts'
import type { Shelf } from '../world/shelf.ts'
import { type ApiAnswer, type ApiCall, ok, type Route } from './api-call.ts'
import { selfLink } from './card-json.ts'
import { type ItemReader, readBatch, readSingle, throwFaults } from './item-reader.ts'
import { Problem } from './problem.ts'
import { BIRTH_KEYS, readCompanyPatch, readContactPatch } from './read-card-patch.ts'
import { readLeadDraft, readLeadPatch } from './read-lead-patch.ts'

/** How one entity type is read from a request and changed. */
interface Writer<T extends Card> {
  readonly type: EntityType
  readonly shelf: (call: ApiCall) => Shelf<T>
  /** Reads a new card; the returned act creates it. */
  readonly draft: (call: ApiCall, reader: ItemReader) => () => T
  /** Reads a change; `more` are further keys allowed. The returned act makes it. */
  readonly patch: (call: ApiCall, reader: ItemReader, card: T, more: readonly string[]) => () => void
}

const writers: { readonly [E in EntityType]: Writer<CardOf[E]> } = {
  leads: {
    type: 'leads',
    shelf: (call) => call.world.leads,
    draft: (call, reader) => {
      const draft = readLeadDraft(call, reader)
      return () => createLead(call.world, draft, call.actor)
    },
    patch: (call, reader, lead, more) => {
      const patch = readLeadPatch(call, reader, lead, more)
      return () => changeLead(call.world, lead, patch, call.actor)
    },
  },
  contacts: {
    type: 'contacts',
    shelf: (call) => call.world.contacts,
    draft: (call, reader) => {
      const draft = readContactPatch(call, reader, BIRTH_KEYS)
      return () => createContact(call.world, draft, call.actor)
    },
    patch: (call, reader, contact, more) => {
      const patch = readContactPatch(call, reader, more)
      return () => changeContact(call.world, contact, patch, call.actor)
    },
  },
  companies: {
    type: 'companies',
    shelf: (call) => call.world.companies,
    draft: (call, reader) => {
      const draft = readCompanyPatch(call, reader, BIRTH_KEYS)
      return () => createCompany(call.world, draft, call.actor)
    },
    patch: (call, reader, company, more) => {
      const patch = readCompanyPatch(call, reader, more)
      return () => changeCompany(call.world, company, patch, call.actor)
    },
  },
}

function routesOf<T extends Card>(writer: Writer<T>): Route[] {
  return [
    { method: 'POST', path: `/v4/${writer.type}`, handle: (call) => create(call, writer) },
    { method: 'PATCH', path: `/v4/${writer.type}`, handle: (call) => patchMany(call, writer) },
    { method: 'PATCH', path: `/v4/${writer.type}/:id`, handle: (call) => patchOne(call, writer) },
  ]
}

/** Creation and change of deals, contacts and companies. One bad item refuses the whole request. */
export const cardWriteRoutes: readonly Route[] = [
  ...routesOf(writers.leads),
  ...routesOf(writers.contacts),
  ...routesOf(writers.companies),
]

function create<T extends Card>(call: ApiCall, writer: Writer<T>): ApiAnswer {
  const readers = readBatch(call.body)
  const acts = readers.map((reader) => ({ reader, act: writer.draft(call, reader) }))
  throwFaults(readers)
  return answer(
    call,
    writer.type,
    acts.map(({ reader, act }) => ({
      ...thin(call, writer.type, act(), false),
      request_id: reader.requestId,
    })),
  )
}

function patchMany<T extends Card>(call: ApiCall, writer: Writer<T>): ApiAnswer {
  const readers = readBatch(call.body)
  const acts = readers.flatMap((reader) => {
    reader.require('id')
    const id = reader.whole('id')
    const card = id === undefined ? undefined : writer.shelf(call).get(id)
    if (card !== undefined) return [{ reader, card, act: writer.patch(call, reader, card, ['id']) }]
    if (id !== undefined && call.world.doubts.missingInBatch === 'refuse') {
      reader.refuse('NotFound', 'id', 'Entity not found.')
    }
    return []
  })
  throwFaults(readers)
  return answer(
    call,
    writer.type,
    acts.map(({ reader, card, act }) => {
      act()
      return { ...thin(call, writer.type, card, true), request_id: reader.requestId }
    }),
  )
}

function patchOne<T extends Card>(call: ApiCall, writer: Writer<T>): ApiAnswer {
  const card = writer.shelf(call).get(Number(call.params.id))
  if (card === undefined) throw new Problem(404, 'Entity not found')
  const reader = readSingle(call.body)
  if (reader.has('id') && reader.raw('id') !== card.id) reader.refuse('NotSupportedChoice', 'id', 'Another id.')
  const act = writer.patch(call, reader, card, ['id'])
  throwFaults([reader])
  act()
  const shown = thin(call, writer.type, card, true)
  // A change of one contact is answered as a list of one (platform: writes); of other cards as an object.
  return writer.type === 'contacts' ? answer(call, 'contacts', [{ ...shown, request_id: reader.requestId }]) : ok(shown)
}

function thin(call: ApiCall, type: EntityType, card: Card, isPatch: boolean): Record<string, unknown> {
  const updated = isPatch ? { updated_at: card.updatedAt } : {}
  return { id: card.id, ...updated, _links: selfLink(call, type, card.id) }
}

export function answer(call: ApiCall, name: string, items: readonly unknown[]): ApiAnswer {
  return ok({ _links: { self: { href: call.base + call.path } }, _embedded: { [name]: items } })
}
