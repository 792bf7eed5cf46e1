import type { AccountTraits } from './account-traits.ts'
import { Trait } from './account-traits.ts'
import type { AmoApi, EntityType, Page, PageQuery, Priority } from './amo-api.ts'
import type { AmoCaller } from './amo-caller.ts'
import { BatchLoader } from './batch-loader.ts'
import { BatchWriter } from './batch-writer.ts'
import { embedded, hasNextPage } from './hal.ts'
import { PAGE_LIMIT } from './list-all.ts'
import { CARD_READERS, type CardOf, type CardReader, type KeptFields, readAnyLead } from './read-cards.ts'
import { TagMode } from './tag-mode.ts'

type EntityCalls = Pick<AmoApi, 'lead' | 'contact' | 'company' | 'leads' | 'contacts' | 'companies' | 'update'>

/** What is asked for beyond the card: links, and where a deal came from. */
const PARTS: Readonly<Record<EntityType, string>> = {
  leads: 'contacts,source_id',
  contacts: 'leads',
  companies: 'leads',
}

export interface EntityCallsOptions {
  readonly caller: AmoCaller
  readonly traits: AccountTraits
  /** Looked at on each reading, so it may be changed in place. */
  readonly keepFields: KeptFields
  readonly onUnverified: (error: unknown) => void
}

/** Reads and writes of deals, contacts and companies. */
export function entityCalls({ caller, traits, keepFields, onUnverified }: EntityCallsOptions): EntityCalls {
  const filters = new Trait(traits, 'filters', ['off'])
  const tagMode = new TagMode(traits)

  const loaderOf = <T extends EntityType>(entity: T, reader: CardReader<T>) =>
    new BatchLoader<CardOf[T]>({
      caller,
      entity,
      with: PARTS[entity],
      filters,
      read: (json, readAt) => reader(json, readAt, keepFields),
    })
  const loaders = {
    leads: loaderOf('leads', CARD_READERS.leads),
    contacts: loaderOf('contacts', CARD_READERS.contacts),
    companies: loaderOf('companies', CARD_READERS.companies),
  }
  const writerOf = (entity: EntityType) =>
    new BatchWriter({ caller, entity, traits, tagMode, loader: loaders[entity], onUnverified })
  const writers = { leads: writerOf('leads'), contacts: writerOf('contacts'), companies: writerOf('companies') }

  const page = async <T extends EntityType>(
    entity: T,
    reader: CardReader<T>,
    query: PageQuery,
    priority: Priority,
  ): Promise<Page<CardOf[T]>> => {
    const path = `/api/v4/${entity}`
    const request = { method: 'GET', path, route: path, query: pageQuery(entity, query) } as const
    const { json, sentAt } = await caller.call(request, priority)
    const items = embedded(json, entity)
      .map((item) => reader(item, sentAt, keepFields))
      .filter((card) => card !== null)
    return { items, hasNext: hasNextPage(json) }
  }

  return {
    lead: (id, priority) => loaders.leads.load(id, priority),
    contact: (id, priority) => loaders.contacts.load(id, priority),
    company: (id, priority) => loaders.companies.load(id, priority),
    leads: (query, priority) => page('leads', query.deleted ? readAnyLead : CARD_READERS.leads, query, priority),
    contacts: (query, priority) => page('contacts', CARD_READERS.contacts, query, priority),
    companies: (query, priority) => page('companies', CARD_READERS.companies, query, priority),
    update: (type, patch, priority) => writers[type].update(patch, priority),
  }
}

function pageQuery(entity: EntityType, { page, limit, updatedFrom, order, deleted }: PageQuery): string {
  const parts = entity === 'leads' && deleted ? `${PARTS.leads},only_deleted` : PARTS[entity]
  const query = new URLSearchParams({ page: String(page), limit: String(limit ?? PAGE_LIMIT), with: parts })
  if (updatedFrom !== undefined) query.set('filter[updated_at][from]', String(updatedFrom))
  if (order !== undefined) query.set(`order[${order}]`, 'asc')
  return query.toString()
}
