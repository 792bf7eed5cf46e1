import { Counter, Histogram, type Registry } from 'prom-client'
import { LIFECYCLE_SEGMENTS, STANDING_SEGMENTS, TEMPERATURE_SEGMENTS } from '../segmentation/verdict.ts'
import type { SyncEvents } from '../sync/sync-events.ts'

/** Seconds. From a look of two calls to a backfill of hours. */
const JOB_BUCKETS = [0.05, 0.2, 0.5, 1, 2, 5, 15, 60, 300, 1_800]
const WAIT_BUCKETS = [0.01, 0.1, 0.5, 1, 2, 5, 15, 60, 300]
const HOOK_TO_WRITE_BUCKETS = [0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800]

/** Tiers and rules are named by policies, without end: what moves there is not counted. */
const KNOWN_SEGMENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  lifecycle: new Set(LIFECYCLE_SEGMENTS),
  temperature: new Set(TEMPERATURE_SEGMENTS),
  standing: new Set(STANDING_SEGMENTS),
}

/** Figures of the work this process does, over all accounts. */
export const syncMetrics = (registry: Registry): SyncEvents => {
  const registers = [registry]
  const jobs = new Counter({
    ...{ name: 'amo_segments_jobs_total', registers, labelNames: ['kind', 'outcome'] },
    help: 'Jobs by how they left the worker: done, failed, handed_back, rested, dropped',
  })
  const seconds = new Histogram({
    ...{ name: 'amo_segments_job_seconds', registers, labelNames: ['kind'], buckets: JOB_BUCKETS },
    help: 'How long jobs took',
  })
  const waits = new Histogram({
    ...{ name: 'amo_segments_job_wait_seconds', registers, labelNames: ['kind'], buckets: WAIT_BUCKETS },
    help: 'How long jobs waited for their first try',
  })
  const writes = new Counter({
    ...{ name: 'amo_segments_writes_total', registers, labelNames: ['entity', 'outcome'] },
    help: 'Cards changed in amoCRM: written, refused, gone',
  })
  const hookToWrite = new Histogram({
    ...{ name: 'amo_segments_hook_to_write_seconds', registers, buckets: HOOK_TO_WRITE_BUCKETS },
    help: 'From a webhook to the change it led to, written in amoCRM',
  })
  const transitions = new Counter({
    ...{ name: 'amo_segments_transitions_total', registers, labelNames: ['dimension', 'from', 'to'] },
    help: 'Clients that moved between segments of lifecycle, temperature or standing',
  })
  return {
    jobDone({ kind, outcome, ms, waitedMs }) {
      jobs.inc({ kind, outcome })
      seconds.observe({ kind }, ms / 1000)
      if (waitedMs !== null) waits.observe({ kind }, waitedMs / 1000)
    },
    written({ entity, outcome, sinceHookMs }) {
      writes.inc({ entity, outcome })
      if (sinceHookMs !== null && outcome === 'written') hookToWrite.observe(sinceHookMs / 1000)
    },
    moved(moves) {
      for (const { dimension, from, to } of moves) {
        const known = KNOWN_SEGMENTS[dimension]
        const isKnown = [from, to].every((segment) => segment === null || known?.has(segment))
        if (known && isKnown) transitions.inc({ dimension, from: from ?? 'none', to: to ?? 'none' })
      }
    },
  }
}
