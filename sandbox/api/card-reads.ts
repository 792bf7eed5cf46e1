import type { Rec } from '../world/model.ts'
import type { Shelf } from '../world/shelf.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { readCardSelection } from './card-filters.ts'
import { companyJson, contactJson, leadJson } from './card-json.ts'
import { listShelf, type Selection } from './list-shelf.ts'
import { halPage, type PageOf, readPaging } from './paging.ts'
import { wordsOf } from './query-values.ts'

type ToJson<T> = (call: ApiCall, card: T, wanted: ReadonlySet<string>) => unknown

/** Lists and single cards of deals, contacts and companies. Nothing found is 204 without a body. */
export const cardReadRoutes: readonly Route[] = [
  { method: 'GET', path: '/v4/leads', handle: listLeads },
  { method: 'GET', path: '/v4/contacts', handle: listContacts },
  { method: 'GET', path: '/v4/companies', handle: listCompanies },
  { method: 'GET', path: '/v4/leads/:id', handle: (call) => one(call, call.world.leads, leadJson) },
  { method: 'GET', path: '/v4/contacts/:id', handle: (call) => one(call, call.world.contacts, contactJson) },
  { method: 'GET', path: '/v4/companies/:id', handle: (call) => one(call, call.world.companies, companyJson) },
]

function listLeads(call: ApiCall): ApiAnswer {
  return list(call, 'leads', call.world.leads, readCardSelection(call.world, 'leads', call.query), leadJson)
}

function listContacts(call: ApiCall): ApiAnswer {
  const selection = readCardSelection(call.world, 'contacts', call.query)
  return list(call, 'contacts', call.world.contacts, selection, contactJson)
}

function listCompanies(call: ApiCall): ApiAnswer {
  const selection = readCardSelection(call.world, 'companies', call.query)
  return list(call, 'companies', call.world.companies, selection, companyJson)
}

function list<T extends Rec>(
  call: ApiCall,
  name: string,
  shelf: Shelf<T>,
  selection: Selection<T>,
  toJson: ToJson<T>,
): ApiAnswer {
  const request = readPaging(call.query)
  const wanted = wordsOf(call.query, 'with')
  const page = listShelf(shelf, selection, request)
  return answerPage(call, name, { ...page, items: page.items.map((item) => toJson(call, item, wanted)) }, request)
}

/** A page, or 204 where it holds nothing. */
export function answerPage(
  call: ApiCall,
  name: string,
  page: PageOf<unknown>,
  request: { readonly page: number; readonly limit: number },
): ApiAnswer {
  return page.items.length === 0 ? NO_CONTENT : ok(halPage(call, name, page, request))
}

function one<T extends Rec>(call: ApiCall, shelf: Shelf<T>, toJson: ToJson<T>): ApiAnswer {
  const wanted = wordsOf(call.query, 'with')
  const card = shelf.find(Number(call.params.id))
  const isVisible =
    card !== undefined && (!card.isDeleted || wanted.has('only_deleted') || call.world.doubts.deletedById === 'flagged')
  return isVisible ? ok(toJson(call, card, wanted)) : NO_CONTENT
}
