import type { ClientRef } from '../../src/segmentation/verdict.ts'
import { LIFECYCLE_SEGMENTS, STANDING_SEGMENTS, TEMPERATURE_SEGMENTS } from '../../src/segmentation/verdict.ts'
import type { World } from '../world/world.ts'
import { isClosing } from '../world/world.ts'
import { cardRefs, ownerOf, tagsOf } from './facts-of-world.ts'
import type { HandRecords } from './hand-records.ts'
import type { Difference, WorldJudge } from './world-judge.ts'
import type { WorldWatch } from './world-watch.ts'

/** Number of clients by `dimension:segment`. */
export type SegmentCounts = ReadonlyMap<string, number>

export interface FinalState {
  readonly clients: number
  readonly frozen: number
  readonly openDeals: number
  readonly closedDeals: number
  readonly counts: SegmentCounts
  readonly differences: readonly Difference[]
}

export interface CheckParts {
  readonly world: World
  readonly judge: WorldJudge
  readonly records: HandRecords
  readonly watch: WorldWatch
}

/** Whose answer changed by the clock within so many seconds may still be on the way to amoCRM. */
const GRACE_S = 15

/**
 * Recomputes every client of the account and compares. A client whose second came just now is waited for; every other
 * difference stands.
 */
export async function checkFinalState(parts: CheckParts): Promise<FinalState> {
  const { world, judge, watch } = parts
  const state = stateOf(parts)
  const waiting = state.differences.filter(({ client }) => changedLately(judge, client, world.now()))
  if (waiting.length === 0 || waiting.length < state.differences.length) return state
  const isRight = (): boolean => waiting.every(({ client }) => judge.judge(client).differences.length === 0)
  await watch.until(isRight, GRACE_S * 1000)
  return stateOf(parts)
}

function stateOf({ world, judge, records }: CheckParts): FinalState {
  const now = world.now()
  const differences: Difference[] = []
  const counts = new Map<string, number>()
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)
  let [clients, frozen, openDeals] = [0, 0, 0]
  for (const ref of cardRefs(world)) {
    const judgement = judge.judge(ref, now)
    differences.push(...judgement.differences)
    const { verdict } = judgement
    if (verdict === null) continue
    clients += 1
    if (judgement.isFrozen) frozen += 1
    openDeals += judgement.openDeals
    count(`lifecycle:${verdict.lifecycle.segment}`)
    count(`temperature:${verdict.temperature.segment}`)
    if (verdict.standing) count(`standing:${verdict.standing.segment}`)
  }
  differences.push(...orphans(world, judge, records), ...binned(world, judge))
  const closedDeals = world.leads.all.filter(({ statusId }) => isClosing(statusId)).length
  return { clients, frozen, openDeals, closedDeals, counts, differences }
}

function changedLately(judge: WorldJudge, client: ClientRef, now: number): boolean {
  const next = judge.judge(client, now - GRACE_S).verdict?.nextChangeAt ?? null
  return next !== null && next <= now
}

/** Nobody's deals: whatever stands on them is left. */
function orphans(world: World, judge: WorldJudge, records: HandRecords): Difference[] {
  const { policy, ownedTags } = judge.policy
  return world.leads.all.flatMap((lead): Difference[] => {
    if (ownerOf(world, lead, policy.clientEntity) !== null) return []
    const foreign = (tags: readonly string[]): string =>
      tags
        .filter((tag) => !ownedTags.has(tag))
        .sort()
        .join(', ')
    const expected = foreign(records.of('leads', lead.id).tags)
    const found = foreign(tagsOf(world, 'leads', lead))
    const client = { kind: 'contact', id: 0 } as const
    return expected === found ? [] : [{ entity: 'leads', id: lead.id, client, rule: 'foreign tags', expected, found }]
  })
}

function binned(world: World, judge: WorldJudge): Difference[] {
  return (['leads', 'contacts', 'companies'] as const).flatMap((type) =>
    world[type].binned.flatMap(({ id }) => judge.binned(type, id)),
  )
}

/** Every dimension's segments, in the order they are shown. */
export const SHOWN_SEGMENTS = [
  ...LIFECYCLE_SEGMENTS.map((segment) => ({ dimension: 'lifecycle', segment }) as const),
  ...TEMPERATURE_SEGMENTS.map((segment) => ({ dimension: 'temperature', segment }) as const),
  ...STANDING_SEGMENTS.map((segment) => ({ dimension: 'standing', segment }) as const),
]
