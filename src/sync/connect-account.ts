import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AmoApi } from '../amocrm/amo-api.ts'
import type { AmoAccount } from '../amocrm/entities.ts'
import { hostNamed } from '../amocrm/host-named.ts'
import type { TokenPair } from '../amocrm/token-store.ts'
import { defaultPolicy } from '../segmentation/default-policy.ts'
import type { AccountEraser } from '../store/account-eraser.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { PolicyStore } from '../store/policy-store.ts'
import type { TokenVault } from '../store/token-vault.ts'
import type { AccountContext } from './account-context.ts'
import type { ApiFactory } from './account-contexts.ts'
import type { AccountQueues } from './account-queues.ts'
import { readStructure } from './account-structure.ts'
import { hookDestination, subscribeHooks } from './hook-subscription.ts'
import { backfillJob } from './job-catalog.ts'

/** The second into which amoCRM counted the exchange of the code and the first call, with some jitter, ms. */
const UNCOUNTED_MS = 1_060

/** An account that was not connected to its end by then never will be by itself, ms. */
const CONNECTING_MS = 10 * 60_000

/** Whether the account may be on its way through `connectAccount` for the first time. */
export function isConnecting({ record, clock }: Pick<AccountContext, 'record' | 'clock'>): boolean {
  return clock() - record.installedAt < CONNECTING_MS
}

export interface ConnectParts {
  readonly accounts: AccountStore
  readonly policies: PolicyStore
  readonly vault: TokenVault
  readonly eraser: AccountEraser
  readonly queues: AccountQueues
  /** API with a pair whose account is not known yet. */
  readonly apiWith: (host: string, pair: TokenPair) => AmoApi
  /** API of a known account, with its stored tokens. */
  readonly apiOf: ApiFactory
  /** Where the service is reached from outside; null: not set, so no hooks. */
  readonly publicUrl: string | null
  readonly clock: () => number
  readonly log: Logger
}

/**
 * Brings an account to life with a token pair: who it is, how it is built, its policy (a re-installed account keeps
 * its own), its webhook, its backfill. The account is whose the tokens are, and its host is what it is called today,
 * whatever address the installation came from. Every step may be repeated.
 */
export async function connectAccount(parts: ConnectParts, referer: string, pair: TokenPair): Promise<void> {
  const { eraser } = parts
  const account = await parts.apiWith(referer, pair).account()
  if (account.id === 0) throw new Error(`${referer} does not say which account it is`)
  // Until here the limiter did not know whose requests these were: it starts with a second that holds none of them.
  await delay(UNCOUNTED_MS)
  await eraser.exclusively(account.id, async () => {
    // What a crash left of a removed account is not to be mixed with what comes now.
    if (await eraser.isUnfinished(account.id)) await eraser.erase(account.id)
    await eraser.finish(account.id)
    await bringToLife(parts, account, hostNamed(account.subdomain, referer), pair)
  })
}

async function bringToLife(parts: ConnectParts, account: AmoAccount, host: string, pair: TokenPair): Promise<void> {
  const { accounts, policies, vault, queues, clock, log } = parts
  // Under the lock: a refresh of the former installation's tokens that is under way must not end after it.
  await vault.withRefreshLock(account.id, () => vault.installTokens(account.id, pair))

  const connectedAt = clock()
  const { api } = parts.apiOf({ id: account.id, host, connectedAt })
  const structure = await readStructure({ api, account, known: await accounts.structure(account.id), log })
  await accounts.writeStructure(account.id, structure)
  if (!(await policies.current(account.id))) {
    const facts = { ...structure, id: account.id, aggregates: { gaps: { count: 0, quantileSeconds: null } } }
    await policies.save(account.id, 0, defaultPolicy(facts), 'installation')
  }
  const known = await accounts.read(account.id)
  const record: AccountRecord = {
    id: account.id,
    name: account.name,
    host,
    subdomain: account.subdomain,
    status: 'active',
    problem: null,
    installedAt: known?.installedAt ?? connectedAt,
    connectedAt,
    hooks: known?.hooks ?? 'no_public_url',
  }
  await accounts.write(record)
  // The hooks come before the backfill: what changes while it reads is told by them.
  if (parts.publicUrl === null)
    log.warn({ accountId: account.id }, 'PUBLIC_URL is not set: no webhooks, only the sweep')
  else {
    const destination = await hookDestination(accounts, parts.publicUrl, account.id)
    await accounts.patch(account.id, { hooks: await subscribeHooks(api, destination) })
  }
  await queues.of(account.id).removeRateLimitKey()
  await queues.add(account.id, [backfillJob(`install-${clock()}`)])
  log.info({ accountId: account.id, host }, 'account connected, backfill queued')
}
