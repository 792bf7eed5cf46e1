import type { Lock, Seconds } from './facts.ts'
import type { LockReason } from './reason.ts'
import { NEVER, oneOff, type Timeline } from './timeline.ts'

const isActive = (lock: Lock, at: Seconds) => lock.until === null || at < lock.until

/**
 * The lock that answers for a dimension at an instant: of those not yet expired, the one set last (they stand in the
 * order of setting). A lock to a segment the dimension does not have is no lock.
 */
export const activeLock = (
  locks: readonly Lock[],
  dimension: string,
  segments: readonly string[],
  at: Seconds,
): Lock | null =>
  locks.findLast((lock) => lock.dimension === dimension && segments.includes(lock.segment) && isActive(lock, at)) ??
  null

/** Whether the client bears any lock of that dimension at all, expired or not. */
export const hasLock = (locks: readonly Lock[], dimension: string): boolean =>
  locks.some((lock) => lock.dimension === dimension)

/** The segments of a dimension with its locks laid over them; what it announces may turn out to be no change. */
export const withLocks =
  <Subject extends { readonly client: { readonly locks: readonly Lock[] } }, Segment extends string>(
    dimension: string,
    segmentsOf: (subject: Subject) => readonly string[],
    byFacts: Timeline<Subject, Segment>,
  ): Timeline<Subject, Segment> =>
  (subject, moment) => {
    const { locks } = subject.client
    if (locks.length === 0) return byFacts(subject, moment)
    const lock = activeLock(locks, dimension, segmentsOf(subject), moment.at)
    if (lock === null) return byFacts(subject, moment)
    oneOff(lock.until ?? NEVER, moment)
    return lock.segment as Segment
  }

export const lockReason = (lock: Lock, computed: string | null): LockReason => ({
  code: 'lock',
  facts: { author: lock.author, until: lock.until, computed },
  ignored: [],
})
