import type { TokenPair } from '../amocrm/token-store.ts'
import type { LongLivedAccess } from '../config.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { SecretBox } from '../store/secret-box.ts'
import { AccountContexts } from '../sync/account-contexts.ts'
import { AccountKeeper } from '../sync/account-keeper.ts'
import { AccountQueues } from '../sync/account-queues.ts'
import { connectAccount } from '../sync/connect-account.ts'
import { InstallWorker } from '../sync/install.ts'
import { AddressGuard } from '../sync/outgoing/address-guard.ts'
import { webhookSender } from '../sync/send-webhook.ts'
import { SyncEngine } from '../sync/sync-engine.ts'
import { WriteBreaker } from '../sync/write-breaker.ts'
import { type AmocrmAccess, openAmocrm } from './amocrm-access.ts'
import { type AppContext, canWork } from './app-context.ts'
import { isFinal } from './is-final.ts'
import { keepLongLivedAccount } from './long-lived-account.ts'
import { openStores, type Stores } from './open-stores.ts'
import { renewSeals } from './renew-seals.ts'

interface WorkerParts {
  readonly app: AppContext
  readonly redis: RedisClient
  readonly box: SecretBox
  readonly stores: Stores
  readonly queues: AccountQueues
  readonly amocrm: AmocrmAccess
}

/** The workers and clocks of this process. */
export interface Workers {
  /** Opens them; the promise ends when every installed account has its worker, and waits while Redis is away. */
  start(): Promise<void>
}

/** Null while settings without which nothing can be done are missing. */
export const openWorkers = (app: AppContext): Workers | null => {
  const { config, keys, log, closing, connections } = app
  if (!canWork(config)) return null
  const redis = connections.patient('workers')
  const box = new SecretBox(config.encryptionKeys)
  const stores = openStores(redis, keys, box, config.journal)
  const queues = new AccountQueues(redis, keys, log, app.tracing?.telemetry)
  closing.push('queues of the workers', () => queues.close())
  const parts = { app, redis, box, stores, queues, amocrm: openAmocrm(app, redis, stores) }
  return { start: () => start(parts) }
}

const start = async (parts: WorkerParts): Promise<void> => {
  const { integration, longLived } = parts.app.config.amocrm
  await renewSeals(parts.stores, parts.app.log)
  if (integration !== null) openInstallWorker(parts)
  if (longLived !== null) watchLongLivedAccount(parts, longLived)
  return startEngine(parts)
}

const openInstallWorker = (parts: WorkerParts): void => {
  const { app, redis, box, stores, amocrm } = parts
  const worker = new InstallWorker({
    connection: redis,
    keys: app.keys,
    box,
    vault: stores.vault,
    exchangeCode: amocrm.exchangeCode,
    connect: (host, pair) => connect(parts, host, pair),
    isFinal,
    log: app.log,
  })
  app.closing.push('install worker', () => worker.close())
}

const watchLongLivedAccount = (parts: WorkerParts, access: LongLivedAccess): void => {
  const { app, stores } = parts
  const stopping = new AbortController()
  const pair = { accessToken: access.token, refreshToken: null, expiresAt: null }
  const kept = keepLongLivedAccount({
    access,
    publicUrl: app.config.publicUrl,
    listAccounts: () => stores.accounts.list(),
    writeTokens: (accountId, token) => stores.vault.writeTokens(accountId, token),
    connect: () => connect(parts, access.host, pair),
    log: app.log,
    signal: stopping.signal,
  })
  app.closing.push('long-lived account', () => {
    stopping.abort()
    return kept
  })
}

const startEngine = ({ app, redis, stores, queues, amocrm }: WorkerParts): Promise<void> => {
  const { keys, log, clock, connections, config, metrics } = app
  const events = metrics?.sync
  const guard = new AddressGuard(config.webhookAllowedHosts)
  const contexts = new AccountContexts({
    ...{ redis, keys, ...stores, apiOf: amocrm.apiOf, addressGuard: guard, events, log, clock },
  })
  const breaker = new WriteBreaker(redis, keys)
  const engine = new SyncEngine({
    connect: () => connections.patient('engine'),
    accounts: stores.accounts,
    keys,
    contexts,
    queues,
    mirror: stores.mirror,
    breaker,
    sendWebhook: webhookSender({ secretOf: (accountId) => stores.accounts.signingSecret(accountId), guard }),
    publicUrl: app.config.publicUrl,
    events,
    telemetry: app.tracing?.telemetry,
    log,
    clock,
  })
  app.closing.push('workers and clocks', () => engine.close())
  const keeper = new AccountKeeper({ ...stores, contexts, removedAccountDays: config.removedAccountDays, log, clock })
  app.closing.push('keeper of the accounts', () => keeper.close())
  return engine.start().then(() => keeper.start())
}

const connect = ({ app, stores, queues, amocrm }: WorkerParts, host: string, pair: TokenPair): Promise<void> => {
  const { config, clock, log } = app
  const { apiWith, apiOf } = amocrm
  return connectAccount({ ...stores, queues, apiWith, apiOf, publicUrl: config.publicUrl, clock, log }, host, pair)
}
