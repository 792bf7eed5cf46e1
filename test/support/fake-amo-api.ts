import type {
  AmoApi,
  AmoCardEventSource,
  AmoCommunicationSource,
  EntityPatch,
  EntityType,
  LeadDraft,
  Page,
  PageQuery,
  Priority,
  Task,
  TaskDraft,
  WriteOutcome,
} from '../../src/amocrm/amo-api.ts'
import { AmoError, type AmoErrorCode } from '../../src/amocrm/amo-error.ts'
import type {
  AmoAccount,
  AmoFieldInfo,
  AmoUser,
  AmoWebhook,
  Communication,
  Company,
  Contact,
  EntityRecord,
  Lead,
} from '../../src/amocrm/entities.ts'
import type { AccountStructure } from '../../src/store/account-record.ts'
import { deferred } from './deferred.ts'
import type { FakeLead, FakeWorld } from './fake-world.ts'

export type CallName = keyof Omit<AmoApi, 'accountId' | 'served'>

/** A task in the made-up account; people complete it by setting the mark. */
export interface FakeTask {
  readonly id: number
  readonly text: string
  readonly entityType: EntityType
  readonly entityId: number
  readonly responsibleUserId: number
  isCompleted: boolean
}

/** A call that was stopped on its way. */
export interface Hold {
  /** Ends when the call has been carried out; its answer then waits. */
  readonly entered: Promise<void>
  release(): void
}

interface Step {
  readonly name: CallName
  readonly when: 'before' | 'after'
  readonly act: () => void | Promise<void>
}

/** amoCRM's API over a made-up world. Each call takes a millisecond, is counted, and can be met by the test. */
export class FakeAmoApi implements AmoApi {
  readonly accountId: number
  readonly world: FakeWorld
  readonly updates: { readonly type: EntityType; readonly patch: EntityPatch; readonly priority: Priority }[] = []
  readonly subscriptions: AmoWebhook[] = []
  readonly tasks: FakeTask[] = []
  readonly notesMade: { readonly entityType: EntityType; readonly entityId: number; readonly text: string }[] = []
  readonly bots: { readonly botId: number; readonly entityType: EntityType; readonly entityId: number }[] = []
  /** Entities, as `leads/5`, whose patches amoCRM refuses by name. */
  readonly refused = new Set<string>()
  structure: AccountStructure
  /** Cards per page, in place of amoCRM's 250. */
  pageSize = 250
  readonly #clock: { now: number }
  readonly #counts = new Map<CallName, number>()
  #served = 0
  #steps: Step[] = []
  #lastId = 9_000_000

  constructor(accountId: number, world: FakeWorld, structure: AccountStructure, clock: { now: number }) {
    this.accountId = accountId
    this.world = world
    this.structure = structure
    this.#clock = clock
  }

  served(): number {
    return this.#served
  }

  /** How often these calls were made; without names: all calls. */
  count(...names: CallName[]): number {
    const counted = names.length > 0 ? names : [...this.#counts.keys()]
    return counted.reduce((sum, name) => sum + (this.#counts.get(name) ?? 0), 0)
  }

  /** Does something once, just before the next such call is carried out. */
  before(name: CallName, act: Step['act']): void {
    this.#steps.push({ name, when: 'before', act })
  }

  /** Does something once, when the next such call has been carried out and before it is answered. */
  after(name: CallName, act: Step['act']): void {
    this.#steps.push({ name, when: 'after', act })
  }

  /** The next such calls fail, without having had any effect. */
  failNext(name: CallName, code: AmoErrorCode, times = 1): void {
    for (let time = 0; time < times; time++) {
      this.before(name, () => {
        throw new AmoError(code, `made up: ${code}`, { method: 'GET', path: `/${name}`, status: null })
      })
    }
  }

  /** Keeps back the answer of the next such call. */
  hold(name: CallName): Hold {
    const entered = deferred()
    const released = deferred()
    this.after(name, () => {
      entered.resolve()
      return released.promise
    })
    return { entered: entered.promise, release: () => released.resolve() }
  }

  lead(id: number): Promise<Lead | null> {
    return this.#call('lead', (readAt) => {
      const lead = this.world.leads.get(id)
      return lead && !lead.deleted ? toLead(lead, readAt) : null
    })
  }

  contact(id: number): Promise<Contact | null> {
    return this.#call('contact', (readAt) => this.#contact(id, readAt))
  }

  company(id: number): Promise<Company | null> {
    return this.#call('company', (readAt) => this.#company(id, readAt))
  }

  leads(query: PageQuery): Promise<Page<Lead>> {
    return this.#call('leads', (readAt) =>
      this.#page(this.world.list(this.world.leads, query), query.page, (lead) => toLead(lead, readAt)),
    )
  }

  contacts(query: PageQuery): Promise<Page<Contact>> {
    return this.#call('contacts', (readAt) =>
      this.#page(this.world.list(this.world.contacts, query), query.page, ({ id }) => this.#contact(id, readAt)),
    )
  }

  companies(query: PageQuery): Promise<Page<Company>> {
    return this.#call('companies', (readAt) =>
      this.#page(this.world.list(this.world.companies, query), query.page, ({ id }) => this.#company(id, readAt)),
    )
  }

  update(type: EntityType, patch: EntityPatch, priority: Priority): Promise<WriteOutcome> {
    return this.#call('update', () => {
      this.updates.push({ type, patch, priority })
      if (this.refused.has(`${type}/${patch.id}`)) {
        return { type: 'refused', errors: [{ code: 'NotSupportedChoice', path: 'tags_to_add', detail: 'made up' }] }
      }
      if (!this.world.apply(type, patch)) return { type: 'gone' }
      return { type: 'written', updatedAt: this.world.cards(type).get(patch.id)?.updatedAt ?? 0 }
    })
  }

  communications(source: AmoCommunicationSource, page: number): Promise<Page<Communication>> {
    const isOf = ({ entityType }: Communication) =>
      source === 'events' ? entityType === 'companies' : source === `${entityType.slice(0, -1)}_notes`
    return this.#call('communications', () => this.#page(this.world.communications.filter(isOf), page, (one) => one))
  }

  cardEvents(source: AmoCardEventSource, page: number): Promise<Page<EntityRecord>> {
    return this.#call('cardEvents', () => this.#page(this.world.cardEvents[source], page, (one) => one))
  }

  account(): Promise<AmoAccount> {
    const { timeZone, currency } = this.structure
    const names = { name: 'Test', subdomain: 'test', country: null }
    return this.#call('account', () => ({ id: this.accountId, ...names, timeZone, currency }))
  }

  users(): Promise<readonly AmoUser[]> {
    return this.#call('users', () => this.structure.users.map((user) => ({ ...user, isAdmin: true })))
  }

  pipelines(): Promise<AccountStructure['pipelines']> {
    return this.#call('pipelines', () => this.structure.pipelines)
  }

  lossReasons(): Promise<AccountStructure['lossReasons']> {
    return this.#call('lossReasons', () => this.structure.lossReasons)
  }

  sources(): Promise<NonNullable<AccountStructure['sources']>> {
    return this.#call('sources', () => this.structure.sources ?? [])
  }

  customFields(type: EntityType): Promise<readonly AmoFieldInfo[]> {
    const entities = { leads: 'lead', contacts: 'contact', companies: 'company' } as const
    return this.#call('customFields', () =>
      this.structure.fields
        .filter(({ entity }) => entity === entities[type])
        .map(({ entity: _, ...field }) => structuredClone(field)),
    )
  }

  webhooks(): Promise<readonly AmoWebhook[]> {
    return this.#call('webhooks', () => [...this.subscriptions])
  }

  subscribe(destination: string, settings: readonly string[]): Promise<void> {
    return this.#call('subscribe', () => void this.subscriptions.push({ destination, settings, disabled: false }))
  }

  unsubscribe(destination: string): Promise<void> {
    return this.#call('unsubscribe', () => {
      const at = this.subscriptions.findIndex((hook) => hook.destination === destination)
      if (at >= 0) this.subscriptions.splice(at, 1)
    })
  }

  createLead(draft: LeadDraft): Promise<number> {
    return this.#call('createLead', () => {
      const id = ++this.#lastId
      const { contactId, ...part } = draft
      this.world.addLead(id, { ...part, contacts: contactId === null ? [] : [{ id: contactId, isMain: true }] })
      return id
    })
  }

  createTask({ text, entityType, entityId, responsibleUserId = 0 }: TaskDraft): Promise<number> {
    return this.#call('createTask', () => {
      const id = ++this.#lastId
      this.tasks.push({ id, text, entityType, entityId, responsibleUserId, isCompleted: false })
      return id
    })
  }

  openTasks(entityType: EntityType, entityId: number): Promise<readonly Task[]> {
    const isHere = (one: FakeTask) => one.entityType === entityType && one.entityId === entityId && !one.isCompleted
    return this.#call('openTasks', () => this.tasks.filter(isHere).map((task) => ({ ...task })))
  }

  createNote(entityType: EntityType, entityId: number, text: string): Promise<number> {
    return this.#call('createNote', () => this.notesMade.push({ entityType, entityId, text }))
  }

  notes(entityType: EntityType, entityId: number): Promise<readonly { id: number; text: string }[]> {
    return this.#call('notes', () =>
      this.notesMade
        .map(({ text, ...of }, index) => ({ id: index + 1, text, of }))
        .filter(({ of }) => of.entityType === entityType && of.entityId === entityId),
    )
  }

  runSalesbot(botId: number, entityType: 'leads' | 'contacts', entityId: number): Promise<void> {
    return this.#call('runSalesbot', () => void this.bots.push({ botId, entityType, entityId }))
  }

  #contact(id: number, readAt: number): Contact | null {
    const contact = this.world.contacts.get(id)
    return contact ? { ...contact, leadIds: this.world.linkedLeads('contacts', id), readAt } : null
  }

  #company(id: number, readAt: number): Company | null {
    const company = this.world.companies.get(id)
    return company ? { ...company, leadIds: this.world.linkedLeads('companies', id), readAt } : null
  }

  #page<From, To>(all: readonly From[], page: number, to: (item: From) => To | null): Page<To> {
    const items = all.slice((page - 1) * this.pageSize, page * this.pageSize).map(to)
    return { items: items.filter((item) => item !== null), hasNext: all.length > page * this.pageSize }
  }

  /** `work` gets the instant the request was sent, ms. */
  async #call<Answer>(name: CallName, work: (sentAt: number) => Answer): Promise<Answer> {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    await this.#meet(name, 'before')
    const answer = work(this.#clock.now++)
    this.#served++
    await this.#meet(name, 'after')
    return answer
  }

  async #meet(name: CallName, when: Step['when']): Promise<void> {
    const step = this.#steps.find((one) => one.name === name && one.when === when)
    if (!step) return
    this.#steps = this.#steps.filter((one) => one !== step)
    await step.act()
  }
}

function toLead({ deleted: _, ...lead }: FakeLead, readAt: number): Lead {
  return { ...lead, readAt }
}
