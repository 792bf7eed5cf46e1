import { AmoError } from '../../../src/amocrm/amo-error.ts'
import type { PolicyInput } from '../../../src/segmentation/policy.ts'
import { backfillJob, type JobSpec, lookJob, sweepJob } from '../../../src/sync/job-catalog.ts'
import type { FakeAmoApi } from '../../support/fake-amo-api.ts'
import type { FakeWorld } from '../../support/fake-world.ts'
import { mainContact } from '../../support/test-context.ts'

/** What stands in the account when all is right, written down by hand. */
export interface Standing {
  /** Tags by card, e.g. `contacts/1`. */
  readonly tags: Readonly<Record<string, string>>
  /** Stages of the client cards, by client. */
  readonly cards?: Readonly<Record<number, readonly number[]>>
  readonly tasks?: readonly string[]
  readonly notes?: readonly string[]
}

/** Something happens in amoCRM, and the jobs it causes. */
export interface Scenario {
  readonly name: string
  readonly policy?: PolicyInput
  /** Absent: nothing of the base was read yet. */
  readonly base?: (world: FakeWorld) => void
  readonly happens: (world: FakeWorld, api: FakeAmoApi) => readonly JobSpec[]
  readonly right: Standing
}

export const BASE_PIPELINE = 20

const CARD = { pipelineId: BASE_PIPELINE, statuses: { new: 201, one_time: 202 } }
const CALL: NonNullable<PolicyInput['actions']> = [
  {
    dimension: 'lifecycle',
    to: ['one_time'],
    actions: [
      { id: 'call', type: 'task', text: 'Позвонить' },
      { id: 'thank', type: 'note', text: 'Первая покупка' },
    ],
  },
]

const look = (entity: 'lead' | 'contact' | 'company', id: number) => lookJob({ entity, id, incoming: false })

const isLost = (): never => {
  throw new AmoError('unavailable', 'the answer was lost', { method: 'POST', path: '/', status: null })
}

const twoClients = (world: FakeWorld): void => {
  world.addContact(1, { tags: ['VIP'] })
  world.addContact(2)
  world.addLead(17, { contacts: mainContact(1) })
  world.addLead(18, { contacts: mainContact(1), tags: ['Опт'] })
}

const NOTHING = 'Новый, Холодный'
const OPEN = 'В работе, Новый, Холодный'
const OPEN_OF_OLD = 'В работе, Новый, Опт, Холодный'
const BOUGHT = 'Горячий, Разовый'

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a deal is won: tags, the card’s stage, a task and a note',
    policy: { card: CARD, actions: CALL },
    base: (world) => {
      twoClients(world)
      world.addLead(30, { contacts: mainContact(1), pipelineId: BASE_PIPELINE, statusId: 201 })
    },
    happens: (world) => {
      world.win(17)
      return [look('lead', 17)]
    },
    right: {
      tags: {
        'contacts/1': `VIP, ${BOUGHT}`,
        'contacts/2': NOTHING,
        'leads/17': OPEN,
        'leads/18': 'Горячий, Опт, Разовый',
        'leads/30': BOUGHT,
      },
      cards: { 1: [202] },
      tasks: ['contacts/1: Позвонить'],
      notes: ['contacts/1: Первая покупка'],
    },
  },
  {
    name: 'the first card of a client is made',
    policy: { card: { ...CARD, createCard: true } },
    base: (world) => world.addContact(2),
    happens: (world) => {
      world.addContact(1)
      return [look('contact', 1)]
    },
    right: { tags: { 'contacts/1': OPEN, 'contacts/2': OPEN }, cards: { 1: [201], 2: [201] } },
  },
  {
    name: 'amoCRM makes a card, a task and a note and loses its answers',
    policy: { card: { ...CARD, createCard: true }, actions: CALL },
    base: (world) => world.addContact(2),
    happens: (world, api) => {
      world.addContact(1)
      world.addLead(17, { contacts: mainContact(1), statusId: 142, closedAt: world.now })
      api.after('createLead', isLost)
      api.after('createTask', isLost)
      api.after('createNote', isLost)
      return [look('contact', 1)]
    },
    right: {
      tags: { 'contacts/1': BOUGHT, 'contacts/2': OPEN, 'leads/17': '' },
      cards: { 1: [202], 2: [201] },
      tasks: ['contacts/1: Позвонить'],
      notes: ['contacts/1: Первая покупка'],
    },
  },
  {
    name: 'a sweep finds what no hook told',
    base: (world) => {
      twoClients(world)
      world.addLead(20, { contacts: mainContact(2) })
    },
    happens: (world) => {
      world.win(17)
      world.changeLead(18, { contacts: mainContact(2) })
      // The only thing that is told; to whom the deal went has to be found.
      world.changeLead(20, { contacts: [] })
      return [look('lead', 20), sweepJob()]
    },
    right: {
      tags: {
        'contacts/1': `VIP, ${BOUGHT}`,
        'contacts/2': OPEN,
        'leads/17': OPEN,
        'leads/18': OPEN_OF_OLD,
        'leads/20': OPEN,
      },
    },
  },
  {
    name: 'a deal is given to another client',
    base: twoClients,
    happens: (world) => {
      world.changeLead(17, { contacts: mainContact(2), statusId: 142, closedAt: world.now })
      return [look('lead', 17)]
    },
    right: {
      tags: { 'contacts/1': `VIP, ${OPEN}`, 'contacts/2': BOUGHT, 'leads/17': OPEN, 'leads/18': OPEN_OF_OLD },
    },
  },
  {
    name: 'a deal loses its only client',
    base: twoClients,
    happens: (world) => {
      world.changeLead(18, { contacts: [] })
      return [look('lead', 18)]
    },
    right: {
      tags: { 'contacts/1': `VIP, ${OPEN}`, 'contacts/2': NOTHING, 'leads/17': OPEN, 'leads/18': OPEN_OF_OLD },
    },
  },
  {
    name: 'all deals of a client are deleted',
    base: twoClients,
    happens: (world) => {
      world.changeLead(17, { deleted: true })
      world.changeLead(18, { deleted: true })
      return [look('lead', 17), look('lead', 18)]
    },
    right: { tags: { 'contacts/1': `VIP, ${NOTHING}`, 'contacts/2': NOTHING } },
  },
  {
    name: 'a contact is deleted, and only the list of events tells',
    base: twoClients,
    happens: (world) => {
      for (const { id, updatedAt } of [...world.leads.values()]) {
        world.changeLead(id, { contacts: mainContact(2), updatedAt })
      }
      world.contacts.delete(1)
      world.cardEvents.bin = [{ entityType: 'contacts', entityId: 1, at: world.now }]
      return [sweepJob()]
    },
    right: { tags: { 'contacts/2': OPEN, 'leads/17': OPEN, 'leads/18': OPEN_OF_OLD } },
  },
  {
    name: 'two clients are merged',
    base: (world) => {
      twoClients(world)
      world.win(18)
    },
    happens: (world) => {
      const stamps = [...world.leads.values()].map(({ id, updatedAt }) => ({ id, updatedAt }))
      world.mergeContacts(1, 2)
      // A merge leaves the second in which a deal was last changed as it is.
      for (const { id, updatedAt } of stamps) world.changeLead(id, { updatedAt })
      return [look('contact', 2), look('contact', 1)]
    },
    right: { tags: { 'contacts/2': BOUGHT, 'leads/17': BOUGHT, 'leads/18': 'Опт' } },
  },
  {
    name: 'the base is read for the first time',
    policy: { card: CARD },
    happens: (world) => {
      twoClients(world)
      world.addCompany(3)
      world.addLead(19, { companyId: 3, statusId: 142, closedAt: world.now })
      world.addLead(30, { contacts: mainContact(2), pipelineId: BASE_PIPELINE, statusId: 202 })
      return [backfillJob('install')]
    },
    right: {
      tags: {
        'contacts/1': `VIP, ${OPEN}`,
        'contacts/2': OPEN,
        'companies/3': BOUGHT,
        'leads/17': OPEN,
        'leads/18': OPEN_OF_OLD,
        'leads/19': '',
        'leads/30': OPEN,
      },
      cards: { 2: [201] },
    },
  },
]
