import { createHash } from 'node:crypto'
import type { JobsOptions } from 'bullmq'
import { z } from 'zod'
import type { Priority } from '../amocrm/amo-api.ts'
import type { Touch } from '../amocrm/hook-touch.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey } from '../store/client-key.ts'
import type { Rollout } from '../store/policy-store.ts'
import { type Cause, causeSchema } from './cause.ts'
import { rolloutRun } from './rollout.ts'

const id = z.int().positive()

/**
 * Every kind of job an account's queue holds. Parsed when taken: a bad payload can't become good by repeating.
 *
 * - `look`: an entity may have changed; read it again and see whose client it is.
 * - `reconcile`: a client's facts changed, or its time came; decide, and write the difference.
 * - `act`: carry out an intended action.
 * - `segment_actions`: intend what the policy has for the segments a deal's client stands in.
 * - `backfill`: read the whole base.
 * - `redecide`: decide every mirrored client anew, after the policy or the account's figures changed.
 * - `undo`: take back what a run wrote.
 * - `clean_up`: take away everything ours.
 * - `sweep`: read what changed since the last sweep, in case no hook told us.
 */
export const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('look'),
    entity: z.enum(['lead', 'contact', 'company']),
    id,
    /** The hook itself is the record of an incoming message or call. */
    incoming: z.boolean(),
    seen: z.object({ digest: z.string(), updatedAt: z.int() }).optional(),
    /** Of the first of those that were to be looked at together. */
    cause: causeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('reconcile'),
    client: z.string(),
    priority: z.enum(['live', 'due', 'backfill']),
    cause: causeSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('act'), key: z.string(), cause: causeSchema.optional() }),
  z.strictObject({
    kind: z.literal('segment_actions'),
    deal: id,
    only: z.string().nullable(),
    at: z.int(),
    incoming: z.boolean(),
    cause: causeSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('backfill'), run: z.string() }),
  z.strictObject({ kind: z.literal('redecide'), run: z.string(), held: z.enum(['leave', 'release', 'hold']) }),
  z.strictObject({ kind: z.literal('undo'), run: z.string() }),
  z.strictObject({ kind: z.literal('clean_up'), run: z.string() }),
  z.strictObject({ kind: z.literal('sweep') }),
])

/** By this id the queue knows whether a backfill is waiting or under way. */
export const BACKFILL_DEDUPLICATION = 'backfill'

/** The same of deciding all clients anew. */
export const REDECIDE_DEDUPLICATION = 'redecide'

export type Job = z.infer<typeof jobSchema>

export function isOnWholeBase({ kind }: Job): boolean {
  return kind === 'backfill' || kind === 'redecide'
}

/** A job ready to be added. */
export interface JobSpec {
  readonly name: Job['kind']
  readonly data: Job
  readonly opts: JobsOptions
}

/** BullMQ: none is before 1, 1 before 2. A person's act goes first, then the clock, then mass work. */
const QUEUE_PRIORITY: Record<Priority, number> = { live: 0, due: 10, backfill: 20 }

const KEPT: JobsOptions = { removeOnComplete: true, removeOnFail: { count: 1000, age: 7 * 86_400 } }

/** About an hour of tries: 1 s, 2 s, 4 s … 512 s, then every 512 s; what is lost beyond it the sweep finds. */
const PATIENT: JobsOptions = { attempts: 15, backoff: { type: 'patient' } }

/** Wait before the given attempt (1-based), ms. */
export function patientBackoff(attemptsMade: number): number {
  return 1000 * 2 ** Math.min(attemptsMade - 1, 9)
}

/**
 * At most one active and one waiting look per entity: an event that comes while the entity is being looked at causes one
 * more look, since the running one may have read before it. Each update that may be an echo is on its own, however alike
 * two are: the first may pass without a look, and the other must not pass with it.
 *
 * @param trace what the work is traced by, where it is
 */
export function lookJob(touch: Touch, cause?: Cause, trace?: string): JobSpec {
  const { entity, id, incoming, seen } = touch
  const deduplication = { id: `${entity}-${id}${incoming ? '-incoming' : ''}`, keepLastIfActive: true }
  const opts = {
    ...{ ...KEPT, ...PATIENT, ...(seen && !incoming ? {} : { deduplication }) },
    ...(trace && { telemetry: { metadata: trace } }),
  }
  return { name: 'look', data: { kind: 'look', ...touch, ...(cause && { cause }) }, opts }
}

/**
 * At most one active or waiting reconcile per client. A change of facts during a running one is seen by it, because
 * its last step compares the document's revision; what slips behind that is marked due and found by the clock.
 */
export function reconcileJob(ref: ClientRef, priority: Priority, cause?: Cause): JobSpec {
  const client = clientKey(ref)
  const opts = { ...KEPT, ...PATIENT, priority: QUEUE_PRIORITY[priority], deduplication: { id: `client-${client}` } }
  return { name: 'reconcile', data: { kind: 'reconcile', client, priority, ...(cause && { cause }) }, opts }
}

/** At most one job per intended action, whoever adds it: the reconcile that intended it, or the clock after a crash. */
export function actJob(key: string, cause?: Cause): JobSpec {
  const id = `act-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
  const opts = { ...KEPT, ...PATIENT, priority: QUEUE_PRIORITY.due, deduplication: { id } }
  return { name: 'act', data: { kind: 'act', key, ...(cause && { cause }) }, opts }
}

/** @param id the same for the same order, which may come again while it waits */
export function segmentActionsJob(
  order: { readonly deal: number; readonly only: string | null; readonly at: number; readonly incoming: boolean },
  id: string,
  cause?: Cause,
): JobSpec {
  const opts = { ...KEPT, ...PATIENT, deduplication: { id } }
  return { name: 'segment_actions', data: { kind: 'segment_actions', ...order, ...(cause && { cause }) }, opts }
}

/** One at a time; what is asked for while one is under way (under former settings) is done after it. */
export function backfillJob(run: string): JobSpec {
  const deduplication = { id: BACKFILL_DEDUPLICATION, keepLastIfActive: true }
  const opts = { ...KEPT, ...PATIENT, priority: QUEUE_PRIORITY.backfill, deduplication }
  return { name: 'backfill', data: { kind: 'backfill', run }, opts }
}

export function redecideJob(run: string, held: 'leave' | 'release' | 'hold'): JobSpec {
  const deduplication = { id: REDECIDE_DEDUPLICATION, keepLastIfActive: true }
  const opts = { ...KEPT, ...PATIENT, priority: QUEUE_PRIORITY.backfill, deduplication }
  return { name: 'redecide', data: { kind: 'redecide', run, held }, opts }
}

/** Brings a policy to the clients; how it does is looked up when it is taken, see rollout.ts. */
export function rolloutJob(version: number, { work, scope }: Rollout): JobSpec {
  const run = rolloutRun(version)
  return work === 'backfill' ? backfillJob(run) : redecideJob(run, scope === 'all' ? 'release' : 'hold')
}

export function undoJob(run: string): JobSpec {
  const opts = { ...KEPT, ...PATIENT, priority: QUEUE_PRIORITY.due, deduplication: { id: `undo-${run}` } }
  return { name: 'undo', data: { kind: 'undo', run }, opts }
}

export function cleanUpJob(run: string): JobSpec {
  const opts = { ...KEPT, ...PATIENT, priority: QUEUE_PRIORITY.due, deduplication: { id: 'clean-up' } }
  return { name: 'clean_up', data: { kind: 'clean_up', run }, opts }
}

export function sweepJob(): JobSpec {
  const opts = { ...KEPT, priority: QUEUE_PRIORITY.backfill, deduplication: { id: 'sweep' } }
  return { name: 'sweep', data: { kind: 'sweep' }, opts }
}
