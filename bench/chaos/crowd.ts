import { setTimeout as delay } from 'node:timers/promises'
import type { HandRecords } from '../../sandbox/demo/hand-records.ts'
import type { Random } from '../../sandbox/generate/random.ts'
import type { AccountWorld } from '../../sandbox/world/create-worlds.ts'
import { actAtRandom } from './manager-acts.ts'
import type { SegmentHistory } from './segment-history.ts'

const TICK_MS = 500

export interface CrowdParts {
  readonly world: AccountWorld
  readonly records: HandRecords
  readonly history: SegmentHistory
  readonly random: Random
}

/** The people of the account, who do things at random for so many seconds. Answers how many they did. */
export async function letCrowdAct(parts: CrowdParts, seconds: number, actsPerSecond: number): Promise<number> {
  const { records, history } = parts
  const ticks = Math.ceil((seconds * 1_000) / TICK_MS)
  let acts = 0
  for (let tick = 0; tick < ticks; tick++) {
    const until = Math.round(((tick + 1) * TICK_MS * actsPerSecond) / 1_000)
    // In one go, so that nobody sees what stood between two acts of it: the history has seen all there was to see.
    records.byHand(() => {
      for (; acts < until; acts++) actAtRandom(parts.world, parts.random)
    })
    history.look()
    await delay(TICK_MS)
  }
  return acts
}
