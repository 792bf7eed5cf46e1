import type { ClientReading } from './client-reading.ts'
import type { Lock, Seconds } from './facts.ts'
import type { LockReason } from './reason.ts'
import { momentAt, NEVER, nextChange, oneOff, type Timeline } from './timeline.ts'

/** A dimension as far as locks go: its name is the one a lock bears. */
export interface Lockable<Segment extends string> {
  readonly name: string
  readonly segmentsOf: (reading: ClientReading) => readonly Segment[]
  /** What the facts alone answer; null: nothing. */
  readonly byFacts: Timeline<ClientReading, Segment | null>
}

/** A lock in force, with the segment it holds its client in. */
interface Held<Segment extends string> {
  readonly lock: Lock
  readonly segment: Segment
}

/**
 * The lock that answers for a dimension at an instant: of those not yet expired, the one set last (they stand in the
 * order of setting). A lock to a segment that the dimension does not have is no lock.
 */
const heldAt = <Segment extends string>(
  dimension: Lockable<Segment>,
  reading: ClientReading,
  at: Seconds,
): Held<Segment> | null => {
  const { locks } = reading.client
  for (let index = locks.length - 1; index >= 0; index--) {
    const lock = locks[index]
    if (lock === undefined || lock.dimension !== dimension.name || (lock.until !== null && at >= lock.until)) continue
    const segment = dimension.segmentsOf(reading).find((one) => one === lock.segment)
    if (segment !== undefined) return { lock, segment }
  }
  return null
}

/** The dimension's answer with its locks laid over it; what it announces may turn out to be no change. */
export const withLocks =
  <Segment extends string>(dimension: Lockable<Segment>): Timeline<ClientReading, Segment | null> =>
  (reading, moment) => {
    const held = heldAt(dimension, reading, moment.at)
    if (held === null) return dimension.byFacts(reading, moment)
    oneOff(held.lock.until ?? NEVER, moment)
    return held.segment
  }

const lockReason = (lock: Lock, computed: string | null): LockReason => ({
  code: 'lock',
  facts: { author: lock.author, until: lock.until, computed },
  ignored: [],
})

/**
 * The answer of a lock in force, with the instant at which the segment really changes afterwards; null: no lock is in
 * force, nor will one be, for a lock never begins later.
 */
export const lockedAnswer = <Segment extends string>(
  dimension: Lockable<Segment>,
  reading: ClientReading,
  at: Seconds,
) => {
  const held = reading.client.locks.length === 0 ? null : heldAt(dimension, reading, at)
  if (held === null) return null
  const { lock, segment } = held
  const reason = lockReason(lock, dimension.byFacts(reading, momentAt(at)))
  return { segment, reason, until: nextChange(withLocks(dimension), reading, at), lock }
}
