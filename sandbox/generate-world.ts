import { fitCount, type PlannedDeal, planHistory } from './generate/history.ts'
import { makeCompany, makeContact } from './generate/make-clients.ts'
import { makeConversations } from './generate/make-conversations.ts'
import { dealKit, makeDeal, openedAt } from './generate/make-deals.ts'
import { Random } from './generate/random.ts'
import type { Company, Contact, Lead } from './world/model.ts'
import type { World } from './world/world.ts'

export interface GenerateOptions {
  readonly clients: number
  /** Exact number; default: what the histories give, about three a client. */
  readonly deals?: number
  readonly seed?: number
}

/**
 * Fills a furnished account with a believable population. The same seed at the same instant gives the same account.
 * Ids grow with the instants of creation, as in a real one. Nothing is announced.
 */
export function generateWorld(world: World, { clients, deals, seed = 1 }: GenerateOptions): void {
  const random = new Random(seed)
  const now = world.now()
  const plan: PlannedDeal[] = []
  for (let client = 0; client < clients; client += 1) {
    for (const deal of planHistory(random, client, now)) plan.push(deal)
  }
  if (deals !== undefined && clients > 0) fitCount(random, plan, clients, deals, now)
  const opened = plan.map((deal) => openedAt(random, deal))
  const people = makePeople(world, random, clients, firstInstants(plan, opened, clients, now, random))
  const leads = makeLeads(world, random, plan, opened, people)
  world.companies.addAll(people.companies)
  world.contacts.addAll(people.contacts)
  world.leads.addAll(leads)
  makeConversations(world, random, people.contacts)
}

/** When each client came: some minutes before the first deal, or at any time. */
function firstInstants(
  plan: readonly PlannedDeal[],
  opened: readonly number[],
  clients: number,
  now: number,
  random: Random,
): Float64Array {
  const first = new Float64Array(clients).fill(now)
  plan.forEach(({ client }, at) => {
    first[client] = Math.min(first[client] ?? now, opened[at] ?? now)
  })
  return first.map((at) => (at === now ? now - random.int(3600, 400 * 86_400) : at - random.int(0, 300)))
}

interface People {
  /** By number of the client. */
  readonly contacts: readonly Contact[]
  readonly companies: readonly Company[]
  /** The usual amount of each client's purchase. */
  readonly checks: Float64Array
}

/** One company for about ten clients; every sixth client works in one. */
function makePeople(world: World, random: Random, clients: number, cameAt: Float64Array): People {
  const order = Array.from(cameAt.keys()).sort((a, b) => (cameAt[a] ?? 0) - (cameAt[b] ?? 0))
  const contacts: Contact[] = new Array(clients)
  const companies: Company[] = []
  for (const client of order) {
    const at = cameAt[client] ?? 0
    const contact = makeContact(world, random, world.nextId(), at)
    contacts[client] = contact
    if (random.chance(0.1)) companies.push(makeCompany(world, random, world.nextId(), at))
    const employer = companies.length > 0 && random.chance(0.17) ? random.pick(companies) : undefined
    if (employer === undefined) continue
    contact.companyId = employer.id
    employer.contactIds = [...employer.contactIds, contact.id]
  }
  return { contacts, companies, checks: cameAt.map(() => random.logNormal(9000, 0.8)) }
}

function makeLeads(
  world: World,
  random: Random,
  plan: readonly PlannedDeal[],
  opened: readonly number[],
  people: People,
): Lead[] {
  const kit = dealKit(world, random)
  const companies = new Map(people.companies.map((company) => [company.id, company]))
  const order = Array.from(plan.keys()).sort((a, b) => (opened[a] ?? 0) - (opened[b] ?? 0))
  return order.flatMap((at) => {
    const deal = plan[at]
    const contact = deal === undefined ? undefined : people.contacts[deal.client]
    if (deal === undefined || contact === undefined) return []
    const lead = makeDeal(kit, world.nextId(), deal, people.checks[deal.client] ?? 0, opened[at] ?? deal.at)
    linkDeal(random, lead, contact, people, companies)
    return [lead]
  })
}

/** Most deals have one contact; a few have two, only a company, or nobody at all. */
function linkDeal(
  random: Random,
  lead: Lead,
  contact: Contact,
  people: People,
  companies: ReadonlyMap<number, Company>,
): void {
  const kind = random.next()
  if (kind < 0.015) return
  const company = contact.companyId === null ? undefined : companies.get(contact.companyId)
  if (company !== undefined && random.chance(0.8)) {
    lead.companyId = company.id
    company.leadIds = [...company.leadIds, lead.id]
    if (kind < 0.15) return
  }
  join(lead, contact)
  lead.mainContactId = contact.id
  if (kind > 0.94) join(lead, random.pick(people.contacts))
}

function join(lead: Lead, contact: Contact): void {
  if (lead.contactIds.includes(contact.id)) return
  lead.contactIds = [...lead.contactIds, contact.id]
  contact.leadIds = [...contact.leadIds, lead.id]
}
