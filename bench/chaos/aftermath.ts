import { setTimeout as delay } from 'node:timers/promises'
import { checkFinalState } from '../../sandbox/demo/check-final-state.ts'
import type { Difference } from '../../sandbox/demo/world-judge.ts'
import { WorldWatch } from '../../sandbox/demo/world-watch.ts'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { readWatermark } from '../../src/sync/sweep-watermark.ts'
import { foreignTagFindings } from './foreign-tag-findings.ts'
import type { Observer } from './observer.ts'
import type { SegmentHistory } from './segment-history.ts'
import { taskFindings } from './task-findings.ts'
import { tokenFindings } from './token-findings.ts'

export interface Aftermath {
  readonly clients: number
  /** One sentence each; empty: all is right. */
  readonly findings: readonly string[]
  /** Cards that people closed, froze or deleted in the middle of a write, which may bear what was right before. */
  readonly overtaken: number
}

/** In the middle of being written when people close, freeze or delete it. */
const OVERTAKEN: readonly Difference['rule'][] = ['closed deal', 'frozen', 'deleted']

const ASK_AGAIN_MS = 5_000

/** Waits until all is quiet and one sweep went over the account since, then compares everything. */
export async function aftermath(observer: Observer, history: SegmentHistory, limitMs: number): Promise<Aftermath> {
  const { world, judge, records, settling } = observer
  const end = performance.now() + limitMs
  const left = () => Math.max(0, end - performance.now())
  await until(() => observer.sandbox.hooks.waitingForRetry === 0, left())
  const isSwept = await swept(observer, left())
  const isSettled = await settling.settled(left())
  const state = await checkFinalState({ world, judge, records, watch: new WorldWatch(world) })
  history.look()
  const differences = state.differences.filter(({ rule }) => !OVERTAKEN.includes(rule))
  return {
    clients: state.clients,
    overtaken: state.differences.length - differences.length,
    findings: [
      ...(isSwept ? [] : ['no sweep came to its end in time']),
      ...(isSettled ? [] : [`the service still has something to do: ${await settling.remains()}`]),
      ...differences.map(sentence),
      ...foreignTagFindings(observer),
      ...taskFindings(world, history),
      ...(await tokenFindings(observer)),
    ],
  }
}

/** Asks for sweeps until one that began from now on has come to its end. */
async function swept({ queues, notes, accountId, world }: Observer, limitMs: number): Promise<boolean> {
  const from = world.now()
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    await queues.add(accountId, [sweepJob()])
    const isDone = async () => ((await readWatermark({ notes })) ?? 0) >= from
    if (await until(isDone, Math.min(ASK_AGAIN_MS, end - performance.now()))) return true
  }
  return false
}

async function until(holds: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) return false
    await delay(100)
  }
  return true
}

function sentence({ entity, id, client, rule, expected, found }: Difference): string {
  return `${entity}/${id} of ${client.kind} ${client.id}, ${rule}: ${found} in place of ${expected}`
}
