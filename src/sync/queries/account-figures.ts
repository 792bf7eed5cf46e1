import { LIFECYCLE_SEGMENTS, STANDING_SEGMENTS, TEMPERATURE_SEGMENTS } from '../../segmentation/verdict.ts'
import { AccountNotes } from '../../store/account-notes.ts'
import type { AccountRecord } from '../../store/account-record.ts'
import { readSetAside } from '../../store/set-aside.ts'
import { readBackfill } from '../backfill-state.ts'
import { lastHook } from '../noting-intake.ts'
import { readPause } from '../pause-account.ts'
import { REPAIRS, readWatermark } from '../sweep-watermark.ts'
import { dueNow } from './due-now.ts'
import type { Office } from './office.ts'
import { REFRESH_LIFE_S, tokenLife } from './token-life.ts'

const SEGMENTS = {
  lifecycle: LIFECYCLE_SEGMENTS,
  temperature: TEMPERATURE_SEGMENTS,
  standing: STANDING_SEGMENTS,
} as const

/** Jobs that are under way or to come. */
const LIVE_STATES = ['active', 'waiting', 'prioritized', 'delayed'] as const

/** Where the figures are read from: a policy is not looked at, so nothing is compiled. */
export type FiguresOffice = Pick<Office, 'redis' | 'keys' | 'accounts' | 'mirror' | 'vault' | 'queues' | 'clock'>

/** How many clients stand in a segment. */
export interface SegmentCount {
  readonly dimension: string
  readonly segment: string
  readonly clients: number
}

/** How an account is, in figures. Ages and lags in seconds; null: there is nothing it could be said of. */
export interface AccountFigures {
  readonly id: number
  readonly isActive: boolean
  readonly isSubscribed: boolean
  readonly isReading: boolean
  readonly segments: readonly SegmentCount[]
  /** Clients whose own card was not read yet. */
  readonly unread: number
  readonly due: number
  readonly lag: number
  readonly jobs: number
  readonly failedJobs: number
  readonly intents: number
  readonly repairs: number
  /** Entities left alone for a while, since something else keeps changing them back. */
  readonly setAside: number
  readonly hookAge: number | null
  readonly sweptAge: number | null
  /** Since the pair of tokens was given; null: a long-lived token, or none that can be read. */
  readonly tokenAge: number | null
  /** Until the refresh token is of no use any more. */
  readonly refreshTokenLeft: number | null
}

/** Reads the figures of one account from Redis; a removed one's jobs and tokens are told as they stand. */
export const accountFigures = async (office: FiguresOffice, record: AccountRecord): Promise<AccountFigures> => {
  const { redis, keys, mirror, queues } = office
  const { id } = record
  const notes = new AccountNotes(redis, keys, id)
  const now = Math.floor(office.clock() / 1000)
  const [segments, unread, due, counts, intents, repairs, setAside, hookAt, sweptUntil, backfill, pause, tokens] =
    await Promise.all([
      segmentCounts(office, id),
      mirror.countUnread(id),
      dueNow(redis, keys, id, now),
      queues.of(id).getJobCounts(...LIVE_STATES, 'failed'),
      redis.hlen(keys.of(id, 'intents')),
      notes.get<number>(REPAIRS),
      readSetAside(redis, keys, id, now),
      lastHook(notes),
      readWatermark({ notes }),
      readBackfill(notes),
      readPause(notes),
      tokenLife(office.vault, id),
    ])
  const { givenAt = null, refreshUntil = null } = tokens ?? {}
  return {
    ...{ id, segments, unread, intents, due: due.clients, lag: due.lagSeconds },
    isActive: record.status === 'active' && pause === null,
    isSubscribed: record.hooks === 'subscribed',
    isReading: backfill !== null && backfill.phase !== 'done',
    jobs: LIVE_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0),
    failedJobs: counts.failed ?? 0,
    repairs: repairs ?? 0,
    setAside: setAside.count,
    hookAge: hookAt === null ? null : Math.max(0, now - Math.floor(hookAt / 1000)),
    sweptAge: sweptUntil === null ? null : now - sweptUntil,
    tokenAge: givenAt === null ? null : Math.max(0, now - givenAt),
    refreshTokenLeft: refreshUntil === null ? null : Math.min(REFRESH_LIFE_S, refreshUntil - now),
  }
}

const segmentCounts = ({ mirror }: FiguresOffice, id: number): Promise<SegmentCount[]> =>
  Promise.all(
    Object.entries(SEGMENTS).flatMap(([dimension, segments]) =>
      segments.map(async (segment) => ({ dimension, segment, clients: await mirror.count(id, dimension, segment) })),
    ),
  )
