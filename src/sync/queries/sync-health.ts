import { readSlotState, type SlotState } from '../../amocrm/slot-state.ts'
import { readSetAside, type SetAside } from '../../store/set-aside.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { lastHook } from '../noting-intake.ts'
import { REPAIRS, readWatermark } from '../sweep-watermark.ts'
import { type AccountStatus, accountStatus } from './account-status.ts'
import { type DueNow, dueNow } from './due-now.ts'
import type { Office } from './office.ts'
import { type TokenLife, tokenLife } from './token-life.ts'

/** How the work of an account keeps up. */
export interface SyncHealth {
  readonly account: AccountStatus
  readonly due: DueNow
  /** Jobs by state. */
  readonly queue: Readonly<Record<string, number>>
  /** Actions that were intended and are not carried out yet. */
  readonly intents: number
  /** Milliseconds; null: none came yet. */
  readonly lastHookAt: number | null
  /** Seconds: everything that changed before is known; null: there was neither a sweep nor a backfill. */
  readonly sweptUntil: number | null
  readonly limiter: SlotState
  /** Clients whose change a sweep found because no webhook had told of it, since the installation. */
  readonly repairs: number
  /** Entities that something else keeps changing back, left alone for a while; the first of them. */
  readonly setAside: { readonly count: number; readonly first: readonly SetAside[] }
  /** Null: there are none, or they cannot be read. */
  readonly tokens: TokenLife | null
}

const STATES = ['active', 'waiting', 'prioritized', 'delayed', 'failed'] as const

export const syncHealth = async (
  context: AccountContext,
  { queues, requestsPerSecond, redis, keys, vault }: Office,
): Promise<SyncHealth> => {
  const { id, notes } = context
  const now = nowSeconds(context)
  const [account, due, queue, intents, lastHookAt, sweptUntil, limiter, repairs, setAside, tokens] = await Promise.all([
    accountStatus(context),
    dueNow(redis, keys, id, now),
    queues.of(id).getJobCounts(...STATES),
    redis.hlen(keys.of(id, 'intents')),
    lastHook(notes),
    readWatermark(context),
    readSlotState(redis, keys.of(id, 'slots'), requestsPerSecond),
    notes.get<number>(REPAIRS),
    readSetAside(redis, keys, id, now),
    tokenLife(vault, id),
  ])
  return {
    ...{ account, due, queue, intents, lastHookAt, sweptUntil, limiter },
    ...{ repairs: repairs ?? 0, setAside, tokens },
  }
}
