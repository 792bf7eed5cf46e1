import { segmentNames } from '../../src/segmentation/labels.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import type { AccountWorld } from '../world/create-worlds.ts'
import type { Player } from './cast.ts'
import type { Step } from './day-steps.ts'
import { tagsOf } from './facts-of-world.ts'
import { pictureOf, tagChanges } from './tag-changes.ts'
import type { WorldJudge } from './world-judge.ts'
import type { WorldWatch } from './world-watch.ts'

/** A step as it went. */
export interface Played {
  readonly what: string
  /** From the event to the last tag of it, ms; null: nothing was to happen. */
  readonly tookMs: number | null
  readonly changes: readonly { readonly card: string; readonly tags: string }[]
  readonly outcome: 'landed' | 'quiet' | 'late' | 'disturbed'
}

export interface DayParts {
  readonly world: AccountWorld
  readonly watch: WorldWatch
  readonly judge: WorldJudge
  /** Waits until the service has nothing left to do. */
  readonly settled: (limitMs: number) => Promise<boolean>
  readonly onPlayed: (played: Played) => void
}

const STEP_LIMIT_MS = 20_000

/** Plays one step after another, each until its tags stand. */
export async function playSalesDay(parts: DayParts, steps: readonly Step[]): Promise<Played[]> {
  const day: Played[] = []
  for (const step of steps) {
    const played = await (step.isQuiet ? playQuiet(parts, step) : playLoud(parts, step))
    parts.onPlayed(played)
    day.push(played)
  }
  return day
}

async function playLoud({ world, watch, judge }: DayParts, step: Step): Promise<Played> {
  const from = performance.now()
  const clients = [...step.clients, ...step.act()]
  const before = pictureOf(world, clients)
  const tookMs = await watch.until(() => clients.every((ref) => isRight(judge, ref)), STEP_LIMIT_MS, from)
  const changes = tagChanges(before, pictureOf(world, clients))
  return { what: step.what, tookMs, changes, outcome: tookMs === null ? 'late' : 'landed' }
}

/** The service is given all the time it wants; what it must not do, it then did not. */
async function playQuiet({ world, judge, settled }: DayParts, step: Step): Promise<Played> {
  step.act()
  const after = pictureOf(world, step.clients)
  const isSettled = await settled(STEP_LIMIT_MS)
  const changes = tagChanges(after, pictureOf(world, step.clients))
  const isUndisturbed = changes.length === 0 && step.clients.every((ref) => isRight(judge, ref))
  const outcome = isSettled ? (isUndisturbed ? 'quiet' : 'disturbed') : 'late'
  return { what: step.what, tookMs: null, changes, outcome }
}

function isRight(judge: WorldJudge, ref: ClientRef): boolean {
  return judge.judge(ref).differences.length === 0
}

/** Waits for a client to fall asleep by the clock alone; `second` is when he has to. */
export async function awaitSleep(
  { world, watch, judge }: DayParts,
  { ref, name }: Player,
  second: number,
): Promise<Played> {
  const before = pictureOf(world, [ref])
  const sleeping = segmentNames(judge.policy.policy).lifecycle.sleeping
  const limitMs = second * 1000 - Date.now() + STEP_LIMIT_MS
  const isAsleep = (): boolean => {
    const card = world.contacts.get(ref.id)
    return card !== undefined && tagsOf(world, 'contacts', card).includes(sleeping)
  }
  const waited = await watch.until(isAsleep, limitMs)
  const tookMs = waited === null ? null : Date.now() - second * 1000
  const what = `${name} has been silent for 90 days this very second`
  const isEarly = tookMs !== null && tookMs < 0
  const outcome = tookMs === null ? 'late' : isEarly ? 'disturbed' : 'landed'
  return { what, tookMs, changes: tagChanges(before, pictureOf(world, [ref])), outcome }
}
