import { openAmocrm } from '../app/amocrm-access.ts'
import { openStores, type Stores } from '../app/open-stores.ts'
import { awaitReady, redisConnections } from '../app/redis-connections.ts'
import type { ClosingStack } from '../closing-stack.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { openRedis } from '../redis-ladder.ts'
import { Keys } from '../store/keys.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { SecretBox } from '../store/secret-box.ts'
import { AccountContexts } from '../sync/account-contexts.ts'
import { AccountQueues } from '../sync/account-queues.ts'
import { AddressGuard } from '../sync/outgoing/address-guard.ts'
import { CommandFailure } from './command-failure.ts'

/** All that is kept in Redis, as a command works with it. */
export interface Installation {
  readonly redis: RedisClient
  readonly keys: Keys
  readonly stores: Stores
  /** What is added here the running service does. */
  readonly queues: AccountQueues
  readonly contexts: AccountContexts
}

const CONNECT_LIMIT_MS = 5_000

/**
 * Opens Redis as the service would: the same one, while the service of this folder runs.
 *
 * @throws CommandFailure when Redis does not answer.
 */
export const openInstallation = async (
  config: Config,
  keyRoot: string | undefined,
  closing: ClosingStack,
): Promise<Installation> => {
  const keys = new Keys(keyRoot)
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
  return { redis, keys, stores, queues, contexts }
}
