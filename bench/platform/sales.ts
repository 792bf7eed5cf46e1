import { ownerOf } from '../../sandbox/demo/facts-of-world.ts'
import { WON } from '../../sandbox/world/model.ts'
import { isClosing } from '../../sandbox/world/world.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { ClientWatch } from './client-watch.ts'

/** Who a purchase moves to another segment for certain. */
const MOVED_BY_A_PURCHASE: readonly (string | undefined)[] = ['new', 'one_time', 'sleeping']

/** Clients that the next purchase moves, those with an open deal first. */
export function buyers({ world, judge }: ClientWatch, count: number): ClientRef[] {
  const withDeal: ClientRef[] = []
  const without: ClientRef[] = []
  for (const { id } of world.contacts.all) {
    const ref = { kind: 'contact', id } as const
    const { verdict, isFrozen } = judge.judge(ref)
    if (isFrozen || !MOVED_BY_A_PURCHASE.includes(verdict?.lifecycle.segment)) continue
    if (openDeal({ world }, ref) === undefined) without.push(ref)
    else withDeal.push(ref)
  }
  const found = [...withDeal, ...without].slice(0, count)
  if (found.length < count) throw new Error(`only ${found.length} clients are moved by a purchase, not ${count}`)
  return found
}

/** Wins the client's open deal, or enters a won one. */
export function sell({ world }: Pick<ClientWatch, 'world'>, ref: ClientRef): void {
  const dealId = openDeal({ world }, ref)
  if (dealId === undefined) world.actions.createDeal({ contactId: ref.id, statusId: WON, price: 9_900 })
  else world.actions.winDeal({ dealId })
}

function openDeal({ world }: Pick<ClientWatch, 'world'>, ref: ClientRef): number | undefined {
  return world.contacts.get(ref.id)?.leadIds.find((id) => {
    const lead = world.leads.get(id)
    return lead && !isClosing(lead.statusId) && ownerOf(world, lead, 'contact')?.id === ref.id
  })
}
