import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { claimsOf } from '../amocrm/claims-of.ts'
import type { TokenPair } from '../amocrm/token-store.ts'
import type { Config, LongLivedAccess } from '../config.ts'
import type { AccountRecord } from '../store/account-record.ts'

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 5 * 60_000

export interface LongLivedParts {
  readonly access: LongLivedAccess
  readonly publicUrl: Config['publicUrl']
  readonly listAccounts: () => Promise<readonly AccountRecord[]>
  readonly writeTokens: (accountId: number, pair: TokenPair) => Promise<void>
  /** Brings the account to life: reads it, subscribes to its hooks, queues its backfill. */
  readonly connect: () => Promise<void>
  readonly log: Logger
  readonly signal: AbortSignal
  readonly firstPauseMs?: number
}

/**
 * Installs the account of the long-lived token, once: tried until it works. An account that is installed already gets
 * the token as it stands in the settings today.
 */
export const keepLongLivedAccount = async (parts: LongLivedParts): Promise<void> => {
  const { log, signal, access, firstPauseMs = FIRST_PAUSE_MS } = parts
  for (let pause = firstPauseMs; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await installOrRenew(parts)
    } catch (error) {
      log.error({ err: error, host: access.host, againInMs: pause }, 'the long-lived account could not be connected')
      await delay(pause, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}

const installOrRenew = async (parts: LongLivedParts): Promise<void> => {
  const { access, publicUrl } = parts
  // The account may be called otherwise by now; its id stands in the token.
  const named = Number(claimsOf(access.token)?.account_id)
  const known = (await parts.listAccounts()).find(({ id, host }) => id === named || host === access.host)
  const hooksWanting = known?.hooks === 'no_public_url' && publicUrl !== null
  if (known === undefined || known.status !== 'active' || hooksWanting) return parts.connect()
  await parts.writeTokens(known.id, { accessToken: access.token, refreshToken: null, expiresAt: null })
}
