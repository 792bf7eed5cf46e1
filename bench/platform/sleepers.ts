import { WON } from '../../sandbox/world/model.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { ClientWatch } from './client-watch.ts'

/** Of the default policy. */
const SLEEPING_AFTER_S = 90 * 86_400

export interface SleeperOptions {
  readonly accountId: number
  readonly count: number
  /** Second at which the first falls asleep. */
  readonly from: number
  /** Over which the others follow evenly. */
  readonly seconds: number
}

/** A client and the second at which he falls asleep. */
export interface Sleeper {
  readonly ref: ClientRef
  readonly at: number
}

/** Enters clients with one purchase each, about as long ago as makes them sleep soon. */
export function enterSleepers({ world }: ClientWatch, { count, from, seconds }: SleeperOptions): Sleeper[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + Math.floor((index / count) * seconds)
    const boughtAt = at - SLEEPING_AFTER_S
    const id = world.actions.createContact({ name: `Клиент ${index + 1}`, phone: '+70000000000', createdAt: boughtAt })
    world.actions.createDeal({ contactId: id, statusId: WON, price: 9_900, createdAt: boughtAt, closedAt: boughtAt })
    return { ref: { kind: 'contact', id }, at }
  })
}

/** How late each was told asleep on his card, ms; null: not within `limitMs` of his second. */
export function latenessOf(
  watch: ClientWatch,
  sleepers: readonly Sleeper[],
  limitMs: number,
): Promise<(number | null)[]> {
  return Promise.all(
    sleepers.map(async ({ ref, at }) => {
      const took = await watch.untilRight(ref, at * 1000 - Date.now() + limitMs)
      return took === null ? null : Date.now() - at * 1000
    }),
  )
}
