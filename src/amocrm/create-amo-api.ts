import { AccessToken } from './access-token.ts'
import { AccountHost } from './account-host.ts'
import type { AccountTraits } from './account-traits.ts'
import { actionCalls } from './action-calls.ts'
import type { AmoApi } from './amo-api.ts'
import { AmoCaller } from './amo-caller.ts'
import type { AmoEvents } from './amo-events.ts'
import { AmoHttp } from './amo-http.ts'
import { cardEventCalls } from './card-event-calls.ts'
import { communicationCalls } from './communication-calls.ts'
import { entityCalls } from './entity-calls.ts'
import { OauthClient, type OauthCredentials } from './oauth-client.ts'
import type { KeptFields } from './read-cards.ts'
import type { ScriptRedis } from './redis-script.ts'
import { PATIENCE, type Patience } from './retry-table.ts'
import type { SlotLimit } from './slot-counter.ts'
import { SlotGate } from './slot-gate.ts'
import { structureCalls } from './structure-calls.ts'
import type { TokenStore } from './token-store.ts'
import { webhookCalls } from './webhook-calls.ts'

/** The part of a pino logger that this room uses. */
export interface AmoLogger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface AmoApiOptions {
  readonly accountId: number
  /** The account's host, e.g. `acme.amocrm.ru`. */
  readonly host: string
  readonly tokens: TokenStore
  /** The account was found at another host than the given one. */
  readonly onMoved?: ((host: string) => Promise<void>) | undefined
  /** To refresh tokens with; null: the account lives by a long-lived token. */
  readonly oauth: OauthCredentials | null
  readonly redis: ScriptRedis
  /** Makes this account's keys, with its hash tag: `slots` → `amo:{5}:slots`. */
  readonly keyOf: (name: string) => string
  readonly traits: AccountTraits
  /** amoCRM allows 7 per integration in any second. */
  readonly requestsPerSecond?: number
  /** A limit that all accounts of this deployment share, where the platform counts per IP (Kommo). */
  readonly sharedLimit?: SlotLimit | undefined
  /** Domains that secrets may go to. */
  readonly allowedHosts: readonly string[]
  /** Replaces `https://{host}`, e.g. by a test server. */
  readonly apiOrigin?: string | undefined
  /** Shared by the accounts of a process, so that connections are; else one is made. */
  readonly http?: AmoHttp | undefined
  /** Looked at on each reading, so it may be changed in place. Default: all fields. */
  readonly keepFields?: KeptFields | undefined
  readonly logger?: AmoLogger | undefined
  readonly events?: AmoEvents | undefined
  readonly patience?: Partial<Patience> | undefined
  /** Added to the limiter's second for the network's jitter; ms. */
  readonly marginMs?: number | undefined
  readonly now?: (() => number) | undefined
}

/** The API of one account. One per account and process; several processes share the limit and the tokens. */
export function createAmoApi(options: AmoApiOptions): AmoApi {
  const { accountId, host, redis, keyOf, requestsPerSecond = 7, now = Date.now } = options
  const patience = { ...PATIENCE, ...options.patience }
  const http = options.http ?? new AmoHttp(options)
  let served = 0
  const events = logged(options, () => served++)
  const gate = new SlotGate({
    redis,
    limits: [
      { key: keyOf('slots'), perSecond: requestsPerSecond },
      ...(options.sharedLimit ? [options.sharedLimit] : []),
    ],
    ...(options.marginMs === undefined ? {} : { marginMs: options.marginMs }),
    longestWaitMs: patience.longestClosedWait,
    onLost: (error) => options.logger?.warn({ accountId, err: error }, 'a request slot could not be confirmed'),
  })
  const { tokens } = options
  const present = new AccountHost({
    ...{ accountId, host, http, tokens, gate, now, allowedHosts: options.allowedHosts },
    onMoved: async (to) => {
      options.logger?.info({ accountId, from: host, to }, 'the account was renamed')
      await options.onMoved?.(to)
    },
  })
  const token = new AccessToken({
    accountId,
    host: present,
    tokens,
    oauth: options.oauth && new OauthClient(http, options.oauth, now),
    gate,
    longestRestMs: patience.longestRest,
    now,
    onRefreshed: () => {
      options.logger?.info({ accountId }, 'access token refreshed')
      options.events?.refreshed?.()
    },
  })
  const caller = new AmoCaller({ host: present, http, gate, token, patience, events, now })
  const onUnverified = (error: unknown) =>
    options.logger?.warn({ accountId, err: error }, 'could not read back the first tags; the next ones will be')
  return {
    accountId,
    served: () => served,
    ...entityCalls({ caller, traits: options.traits, keepFields: options.keepFields ?? {}, onUnverified }),
    ...structureCalls(caller, host),
    ...communicationCalls(caller),
    ...cardEventCalls(caller),
    ...webhookCalls(caller),
    ...actionCalls(caller),
  }
}

function logged({ accountId, logger, events }: AmoApiOptions, onServed: () => void): AmoEvents {
  return {
    ...events,
    requestDone(event) {
      if (event.status !== null && event.status < 300) onServed()
      logger?.debug({ accountId, ...event }, 'amoCRM request')
      if (event.status === 429) logger?.warn({ accountId, path: event.path }, 'amoCRM asks to slow down')
      events?.requestDone?.(event)
    },
    blocked(event) {
      logger?.warn({ accountId, ...event }, 'amoCRM does not serve this account')
      events?.blocked?.(event)
    },
  }
}
