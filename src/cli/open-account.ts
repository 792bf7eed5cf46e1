import { openAmocrm } from '../app/amocrm-access.ts'
import { openStores, type Stores } from '../app/open-stores.ts'
import { awaitReady, redisConnections } from '../app/redis-connections.ts'
import { ClosingStack } from '../closing-stack.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { openRedis } from '../redis-ladder.ts'
import { Keys } from '../store/keys.ts'
import { SecretBox } from '../store/secret-box.ts'
import type { AccountContext } from '../sync/account-context.ts'
import { AccountContexts } from '../sync/account-contexts.ts'
import { AccountQueues } from '../sync/account-queues.ts'
import { AddressGuard } from '../sync/outgoing/address-guard.ts'
import { CommandFailure } from './command-failure.ts'

/** One installed account, as a command works with it: through Redis alone, amoCRM is not called. */
export interface OpenAccount {
  readonly context: AccountContext
  readonly stores: Stores
  /** What is added here the running service does. */
  readonly queues: AccountQueues
  readonly requestsPerSecond: number
}

const CONNECT_LIMIT_MS = 5_000
const CLOSING_LIMIT_MS = 5_000

/** Opens Redis as the service would (the same one, while the service of this folder runs), does the work, closes it. */
export const withAccount = async (
  config: Config,
  { accountId, keyRoot }: { readonly accountId: number; readonly keyRoot?: string | undefined },
  work: (account: OpenAccount) => Promise<void>,
): Promise<void> => {
  if (config.encryptionKeys.length === 0) throw new CommandFailure('ENCRYPTION_KEY is not set')
  const closing = new ClosingStack()
  try {
    await work(await openAccount(config, accountId, new Keys(keyRoot), closing))
  } finally {
    await closing.close(CLOSING_LIMIT_MS)
  }
}

const openAccount = async (
  config: Config,
  accountId: number,
  keys: Keys,
  closing: ClosingStack,
): Promise<OpenAccount> => {
  const log = createLogger('silent')
  const found = await openRedis(config)
  closing.push('Redis', () => found.close())
  const connections = redisConnections(found.url, log, closing)
  const redis = connections.patient('command')
  await awaitReady(redis, CONNECT_LIMIT_MS)
  if (redis.status !== 'ready') throw new CommandFailure('Redis does not answer: is REDIS_URL right, and does it run?')

  const stores = openStores(redis, keys, new SecretBox(config.encryptionKeys), config.journal)
  const queues = new AccountQueues(redis, keys, log)
  closing.push('queues', () => queues.close())
  const { apiOf } = openAmocrm({ config, keys, log, closing, connections, clock: Date.now }, redis, stores)
  const addressGuard = new AddressGuard(config.webhookAllowedHosts)
  const contexts = new AccountContexts({ redis, keys, ...stores, apiOf, addressGuard, log, clock: Date.now })
  const context = await contexts.get(accountId)
  if (!context) throw new CommandFailure(`No account ${accountId} is installed${await others(stores)}`)
  return { context, stores, queues, requestsPerSecond: config.amocrm.requestsPerSecond }
}

const others = async ({ accounts }: Stores): Promise<string> => {
  const known = (await accounts.list()).map(({ id, host }) => `${id} (${host})`)
  return known.length === 0 ? '' : `; there are: ${known.join(', ')}`
}
