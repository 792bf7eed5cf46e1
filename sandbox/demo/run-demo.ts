import type { ClosingStack } from '../../src/closing-stack.ts'
import { checkFinalState } from './check-final-state.ts'
import { countSegments, sameCounts } from './count-segments.ts'
import { daySteps, lateEntry } from './day-steps.ts'
import type { DemoOptions } from './demo-options.ts'
import { HandRecords } from './hand-records.ts'
import { installService } from './install-service.ts'
import type { Stage } from './open-stage.ts'
import { bold, dim } from './paint.ts'
import { awaitSleep, type DayParts, type Played, playSalesDay } from './play-sales-day.ts'
import { printFinalState, printLatencies, printPlayed, printSegments, printTraffic } from './report.ts'
import { Settling } from './settling.ts'
import { WorldJudge } from './world-judge.ts'
import { WorldWatch } from './world-watch.ts'

const SETTLE_LIMIT_MS = 90_000

/** How far into the day the sleeper falls asleep. */
const SLEEPS_AFTER_S = 15

interface Parts extends DayParts {
  readonly stage: Stage
  readonly records: HandRecords
  readonly settling: Settling
}

/** Installs, backfills, plays the day and checks; answers whether everything ended as it has to. */
export async function runDemo(stage: Stage, options: DemoOptions, closing: ClosingStack): Promise<boolean> {
  const parts = partsOf(stage, closing)
  headline('Installing by OAuth and reading the whole base')
  await backfill(parts, options)
  headline('A sales day')
  const { day, asleep } = await playDay(parts)
  await rest(parts)

  const { world, stats } = stage.sandbox
  const state = await checkFinalState(parts)
  const kept = await countSegments(stage.redis, world.account.id)
  printSegments(parts.judge.policy.policy, state.counts, kept)
  printTraffic(stats)
  printLatencies(day, asleep)
  printFinalState(state)
  const isCounted = sameCounts(state.counts, kept)
  if (!isCounted) console.log('The service counts its segments otherwise: see the table.')
  const isDayRight = [...day, asleep].every(({ outcome }) => outcome === 'landed' || outcome === 'quiet')
  if (!isDayRight) console.log('Not every step of the day ended as it has to: see the day.')
  return state.differences.length === 0 && isCounted && isDayRight
}

function partsOf(stage: Stage, closing: ClosingStack): Parts {
  const { sandbox, redis } = stage
  const { world } = sandbox
  const records = new HandRecords(world)
  const settling = new Settling({ sandbox, redis: redis.redis, keys: redis.keys, accountId: world.account.id })
  closing.push('queue', () => settling.close())
  return {
    stage,
    records,
    settling,
    world,
    watch: new WorldWatch(world),
    judge: new WorldJudge(world, records),
    settled: (limitMs) => settling.settled(limitMs),
    onPlayed: printPlayed,
  }
}

async function backfill(parts: Parts, options: DemoOptions): Promise<void> {
  const { stats } = parts.stage.sandbox
  const from = performance.now()
  const { deals, clients, writes } = await installService(parts.stage, options)
  const seconds = (performance.now() - from) / 1000
  const figures = `${clients} clients and ${deals} deals read, ${writes} cards written`
  console.log(`  ${figures}: ${seconds.toFixed(1)} s, ${stats.requests.length} requests`)
  const before = stats.requests.length
  await rest(parts)
  console.log(
    dim(`  ${stats.hooksDelivered} webhooks of these writes cost ${stats.requests.length - before} requests more`),
  )
}

async function playDay(parts: Parts): Promise<{ day: Played[]; asleep: Played }> {
  const { stage, world, records } = parts
  const staff = records.watched(world.actions)
  const sleepsAt = world.now() + SLEEPS_AFTER_S
  const [entry] = await playSalesDay(parts, [lateEntry(stage.cast, staff, sleepsAt)])
  const sleeping = awaitSleep(parts, stage.cast.sleeper, sleepsAt)
  const day = await playSalesDay(parts, daySteps(stage.cast, staff, stage.sandbox.faults))
  const asleep = await sleeping
  printPlayed(asleep)
  return { day: entry === undefined ? day : [entry, ...day], asleep }
}

async function rest({ settling }: Parts): Promise<void> {
  if (await settling.settled(SETTLE_LIMIT_MS)) return
  const remains = await settling.remains()
  throw new Error(`The service still had something to do after ${SETTLE_LIMIT_MS / 1000} s: ${remains}.`)
}

function headline(text: string): void {
  console.log(`\n${bold(text)}`)
}
