import { Random } from '../../../sandbox/generate/random.ts'
import type { AccountWorld } from '../../../sandbox/world/create-worlds.ts'
import { isClosing } from '../../../sandbox/world/world.ts'

type Staff = AccountWorld['actions']

/** Does `count` things at random all over the account, the same ones for the same seed. */
export function busyDay(world: AccountWorld, staff: Staff, options: { seed: number; count: number }): void {
  const random = new Random(options.seed)
  for (let done = 0; done < options.count; done++) random.pick(ACTS)(world, staff, random)
}

type Act = (world: AccountWorld, staff: Staff, random: Random) => void

const ACTS: readonly Act[] = [
  (world, staff, random) => staff.winDeal({ dealId: random.pick(world.leads.all).id }),
  (world, staff, random) => {
    const reason = random.pick(world.lossReasons)
    staff.loseDeal({ dealId: random.pick(world.leads.all).id, lossReasonId: reason.id })
  },
  (world, staff, random) => {
    const closed = world.leads.all.filter(({ statusId }) => isClosing(statusId))
    staff.reopenDeal({ dealId: random.pick(closed).id })
  },
  (world, staff, random) => {
    const contactId = random.pick(world.contacts.all).id
    staff.createDeal({ contactId, price: random.int(100, 90_000) })
  },
  (world, staff, random) => {
    const contactId = staff.createContact({ name: 'Новичок', phone: '+79991234567' })
    if (random.chance(0.5)) staff.createDeal({ contactId, companyId: random.pick(world.companies.all).id })
  },
  (world, staff, random) => staff.remove({ entityType: 'leads', id: random.pick(world.leads.all).id }),
  (world, staff, random) => {
    const { binned } = world.leads
    if (binned.length > 0) staff.restore({ entityType: 'leads', id: random.pick(binned).id })
  },
  (world, staff, random) => {
    const [winner, loser] = [random.pick(world.contacts.all), random.pick(world.contacts.all)]
    const order = random.pick(['update_first', 'delete_first'] as const)
    if (winner !== loser) staff.mergeContacts({ winnerId: winner.id, loserId: loser.id, order })
  },
  (world, staff, random) => {
    const dealId = random.pick(world.leads.all).id
    staff.linkContact({ dealId, contactId: random.pick(world.contacts.all).id, main: random.chance(0.7) })
  },
  (world, staff, random) => {
    const linked = world.leads.all.filter(({ contactIds }) => contactIds.length > 0)
    const lead = random.pick(linked)
    staff.unlinkContact({ dealId: lead.id, contactId: random.pick(lead.contactIds) })
  },
  (world, staff, random) => {
    const dealId = random.pick(world.leads.all).id
    staff.linkCompany({ dealId, companyId: random.pick(world.companies.all).id })
  },
  (world, staff, random) => {
    const { id } = random.pick(world.contacts.all)
    staff.setTags({ entityType: 'contacts', id, add: [random.pick(['Опт', 'VIP', 'Новый', 'стоп-сегмент'])] })
  },
  (world, staff, random) => {
    const { id } = random.pick(world.contacts.all)
    staff.setTags({ entityType: 'contacts', id, remove: [random.pick(['Горячий', 'Новый', 'стоп-сегмент'])] })
  },
  (world, staff, random) => {
    const contactId = random.pick(world.contacts.all).id
    staff.changePhone({ contactId, phone: random.chance(0.5) ? null : '+79997654321' })
  },
]
