import type { Random } from '../../sandbox/generate/random.ts'
import type { AccountWorld } from '../../sandbox/world/create-worlds.ts'
import { WON } from '../../sandbox/world/model.ts'
import { isClosing } from '../../sandbox/world/world.ts'

type Act = (world: AccountWorld, random: Random) => void

const DAY = 86_400
const FOREIGN_TAGS = ['Опт', 'VIP', 'Выставка', 'Рассылка']
const OUR_TAGS = ['Новый', 'Горячий', 'Спящий', 'В работе']

const anyLead = ({ leads }: AccountWorld, random: Random) => random.pick(leads.all)
const anyContact = ({ contacts }: AccountWorld, random: Random) => random.pick(contacts.all)
const openLead = ({ leads }: AccountWorld, random: Random) =>
  random.pick(leads.all.filter(({ statusId }) => !isClosing(statusId)))
const boughtLead = ({ leads }: AccountWorld, random: Random) =>
  random.pick(leads.all.filter(({ statusId }) => statusId === WON))

/** A purchase that is entered so many seconds after it was made. */
const enterLate = (
  { actions, now }: { actions: AccountWorld['actions']; now: number },
  contactId: number,
  age: number,
) => actions.createDeal({ contactId, price: 5_000, statusId: WON, closedAt: now - age, createdAt: now - age - DAY })

const purchases: readonly Act[] = [
  (world, random) => world.actions.winDeal({ dealId: openLead(world, random).id, price: random.int(100, 90_000) }),
  (world, random) => world.actions.reopenDeal({ dealId: boughtLead(world, random).id }),
  (world, random) => world.actions.changePrice({ dealId: anyLead(world, random).id, price: random.int(0, 90_000) }),
  (world, random) => {
    enterLate({ actions: world.actions, now: world.now() }, anyContact(world, random).id, random.int(1, 400) * DAY)
  },
  // Falls asleep, if nothing else happens, within the next minute.
  (world, random) => {
    const contactId = anyContact(world, random).id
    enterLate({ actions: world.actions, now: world.now() }, contactId, 90 * DAY - random.int(1, 60))
  },
  (world, random) => {
    const contactId = anyContact(world, random).id
    const ages = [random.int(1, 40), random.int(41, 80), random.int(81, 300)]
    for (const age of ages) enterLate({ actions: world.actions, now: world.now() }, contactId, age * DAY)
  },
]

const deals: readonly Act[] = [
  (world, random) => {
    const lossReasonId = random.pick(world.lossReasons).id
    world.actions.loseDeal({ dealId: openLead(world, random).id, lossReasonId })
  },
  (world, random) => {
    world.actions.createDeal({ contactId: anyContact(world, random).id, price: random.int(100, 90_000) })
  },
  (world, random) => {
    const base = [...world.pipelines.values()].find(({ name }) => name === 'База клиентов')
    const stage = random.pick((base?.statuses ?? []).filter(({ id, type }) => type === 0 && !isClosing(id)))
    const place = base ? { pipelineId: base.id, statusId: stage.id } : {}
    world.actions.createDeal({ contactId: anyContact(world, random).id, name: 'Карточка', ...place })
  },
  (world, random) => world.actions.remove({ entityType: 'leads', id: anyLead(world, random).id }),
  (world, random) => {
    const { binned } = world.leads
    if (binned.length > 0) world.actions.restore({ entityType: 'leads', id: random.pick(binned).id })
  },
]

const relations: readonly Act[] = [
  (world, random) => {
    const [winner, loser] = [anyContact(world, random), anyContact(world, random)]
    const order = random.pick(['update_first', 'delete_first'] as const)
    if (winner !== loser) world.actions.mergeContacts({ winnerId: winner.id, loserId: loser.id, order })
  },
  (world, random) => {
    const link = { dealId: anyLead(world, random).id, contactId: anyContact(world, random).id }
    world.actions.linkContact({ ...link, main: random.chance(0.7) })
  },
  (world, random) => {
    const lead = random.pick(world.leads.all.filter(({ contactIds }) => contactIds.length > 0))
    world.actions.unlinkContact({ dealId: lead.id, contactId: random.pick(lead.contactIds) })
  },
  (world, random) => {
    if (world.companies.size === 0) return
    world.actions.linkCompany({ dealId: anyLead(world, random).id, companyId: random.pick(world.companies.all).id })
  },
]

const cards: readonly Act[] = [
  (world, random) => {
    const contactId = world.actions.createContact({ name: 'Новичок', phone: '+79991234567' })
    if (random.chance(0.7)) world.actions.createDeal({ contactId, price: random.int(100, 9_000) })
  },
  (world, random) => {
    const id = anyContact(world, random).id
    world.actions.setTags({ entityType: 'contacts', id, add: [random.pick(FOREIGN_TAGS)] })
  },
  (world, random) => {
    const id = anyLead(world, random).id
    world.actions.setTags({
      entityType: 'leads',
      id,
      add: [random.pick(FOREIGN_TAGS)],
      remove: [random.pick(OUR_TAGS)],
    })
  },
  (world, random) => {
    const id = anyContact(world, random).id
    world.actions.setTags({ entityType: 'contacts', id, add: [random.pick(OUR_TAGS)], remove: [random.pick(OUR_TAGS)] })
  },
  (world, random) => {
    const phone = random.chance(0.5) ? null : '+79997654321'
    world.actions.changePhone({ contactId: anyContact(world, random).id, phone })
  },
  (world, random) => world.actions.incomingMessage({ contactId: anyContact(world, random).id }),
  (world, random) => {
    world.actions.incomingCall({ contactId: anyContact(world, random).id })
  },
]

const stopTag: Act = (world, random) => {
  const change = random.chance(0.5) ? { add: ['стоп-сегмент'] } : { remove: ['стоп-сегмент'] }
  world.actions.setTags({ entityType: 'contacts', id: anyContact(world, random).id, ...change })
}

/** Sets of acts; of each as many happen, however large it is. */
const SETS: readonly (readonly Act[])[] = [purchases, purchases, deals, relations, cards]

/** One thing that people do somewhere in the account. */
export function actAtRandom(world: AccountWorld, random: Random): void {
  if (random.chance(0.01)) stopTag(world, random)
  else random.pick(random.pick(SETS))(world, random)
}
