import type { AmoCardEventSource, EntityPatch, EntityType, PageQuery } from '../../src/amocrm/amo-api.ts'
import type { Communication, Company, Contact, EntityRecord, Lead } from '../../src/amocrm/entities.ts'

type Read<Card> = Omit<Card, 'readAt'>

export type FakeLead = Read<Lead> & { readonly deleted: boolean }
export type FakeContact = Omit<Read<Contact>, 'leadIds'>
export type FakeCompany = Omit<Read<Company>, 'leadIds'>

/** What stands in a made-up amoCRM account. People change it through the methods; each change moves `updated_at`. */
export class FakeWorld {
  readonly leads = new Map<number, FakeLead>()
  readonly contacts = new Map<number, FakeContact>()
  readonly companies = new Map<number, FakeCompany>()
  communications: Communication[] = []
  /** Newest first, as amoCRM lists them. */
  readonly cardEvents: Record<AmoCardEventSource, EntityRecord[]> = { bin: [], links: [], merges: [] }
  /** Deals that cards do not list among their links: amoCRM does not promise all of them. */
  readonly unlisted = new Set<number>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  get now(): number {
    return Math.floor(this.#clock() / 1000)
  }

  addLead(id: number, part: Partial<FakeLead> = {}): void {
    this.leads.set(id, {
      ...this.#card(id, `Deal ${id}`),
      pipelineId: 10,
      statusId: 101,
      price: 1000,
      closedAt: null,
      lossReasonId: null,
      sourceId: null,
      contacts: [],
      companyId: null,
      deleted: false,
      ...part,
    })
  }

  addContact(id: number, part: Partial<FakeContact> = {}): void {
    const reach = { hasPhone: true, hasEmail: false }
    this.contacts.set(id, { ...this.#card(id, `Contact ${id}`), ...reach, companyId: null, ...part })
  }

  addCompany(id: number, part: Partial<FakeCompany> = {}): void {
    this.companies.set(id, { ...this.#card(id, `Company ${id}`), hasPhone: true, hasEmail: false, ...part })
  }

  changeLead(id: number, part: Partial<FakeLead>): void {
    this.leads.set(id, { ...known(this.leads, id), updatedAt: this.now, ...part })
  }

  changeContact(id: number, part: Partial<FakeContact>): void {
    this.contacts.set(id, { ...known(this.contacts, id), updatedAt: this.now, ...part })
  }

  changeCompany(id: number, part: Partial<FakeCompany>): void {
    this.companies.set(id, { ...known(this.companies, id), updatedAt: this.now, ...part })
  }

  /** The deal is won now. */
  win(id: number, price = 1000): void {
    this.changeLead(id, { statusId: 142, closedAt: this.now, price })
  }

  /** As amoCRM merges duplicates: the loser's links go to the winner, the loser is gone. */
  mergeContacts(loser: number, winner: number): void {
    for (const lead of this.leads.values()) {
      if (!lead.contacts.some(({ id }) => id === loser)) continue
      const contacts = lead.contacts.map((link) => (link.id === loser ? { ...link, id: winner } : link))
      this.changeLead(lead.id, { contacts })
    }
    this.contacts.delete(loser)
    this.changeContact(winner, {})
  }

  cards(type: EntityType): ReadonlyMap<number, FakeLead | FakeContact | FakeCompany> {
    return this[type]
  }

  tags(type: EntityType, id: number): string[] {
    return known<FakeLead | FakeContact | FakeCompany>(this.cards(type), id).tags.toSorted()
  }

  linkedLeads(type: 'contacts' | 'companies', id: number): number[] {
    return [...this.leads.values()]
      .filter((lead) => !lead.deleted && !this.unlisted.has(lead.id))
      .filter((lead) => (type === 'contacts' ? lead.contacts.some((link) => link.id === id) : lead.companyId === id))
      .map((lead) => lead.id)
  }

  /** A list as amoCRM gives it, before it is cut into pages. */
  list<Card extends FakeLead | FakeContact | FakeCompany>(cards: ReadonlyMap<number, Card>, query: PageQuery): Card[] {
    return [...cards.values()]
      .filter((card) => !('deleted' in card) || card.deleted === (query.deleted ?? false))
      .filter((card) => card.updatedAt >= (query.updatedFrom ?? 0))
      .sort((a, b) => (query.order === 'updated_at' ? a.updatedAt - b.updatedAt : 0) || a.id - b.id)
  }

  /** Carries out a patch; false when there is no such entity. */
  apply(type: EntityType, { id, tags, status, fields }: EntityPatch): boolean {
    const card = this.cards(type).get(id)
    if (!card || ('deleted' in card && card.deleted)) return false
    const kept = card.tags.filter((tag) => !tags?.remove.includes(tag) && !tags?.add.includes(tag))
    const written: Record<string, (typeof card.fields)[string]> = { ...card.fields }
    for (const [field, change] of Object.entries(fields ?? {})) {
      if (change === null) delete written[field]
      else if ('value' in change) written[field] = { values: [change.value] }
    }
    const part = { tags: [...kept, ...(tags?.add ?? [])], fields: written }
    if (type === 'leads') this.changeLead(id, { ...part, ...status })
    else if (type === 'contacts') this.changeContact(id, part)
    else this.changeCompany(id, part)
    return true
  }

  #card(id: number, name: string) {
    const now = this.now
    return { id, name, responsibleUserId: 1, createdAt: now, updatedAt: now, tags: [], fields: {} }
  }
}

function known<Card>(cards: ReadonlyMap<number, Card>, id: number): Card {
  const card = cards.get(id)
  if (!card) throw new Error(`the made-up world has no card ${id}`)
  return card
}
