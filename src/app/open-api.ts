import { isAllowedHost } from '../amocrm/allowed-host.ts'
import type { ApiParts } from '../http/api/api-parts.ts'
import { ClientLists } from '../store/client-lists.ts'
import { ClientRows } from '../store/client-rows.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { SecretBox } from '../store/secret-box.ts'
import { UsedTokens } from '../store/used-tokens.ts'
import { AccountContexts } from '../sync/account-contexts.ts'
import { AccountQueues } from '../sync/account-queues.ts'
import { AddressGuard } from '../sync/outgoing/address-guard.ts'
import { clientTables } from '../sync/queries/client-tables.ts'
import { openAmocrm } from './amocrm-access.ts'
import { type AppContext, canWork } from './app-context.ts'
import { openStores } from './open-stores.ts'

/**
 * What the API is answered from, over a connection of its own: questions about a whole base must not stand before the
 * webhooks. Null while settings without which there are no accounts are missing.
 */
export const openApi = (app: AppContext, redis: RedisClient): ApiParts | null => {
  const { config, keys, log, closing, clock } = app
  if (!canWork(config)) return null
  const stores = openStores(redis, keys, new SecretBox(config.encryptionKeys), config.journal)
  const queues = new AccountQueues(redis, keys, log, app.tracing?.telemetry)
  closing.push('queues of the API', () => queues.close())
  const { apiOf } = openAmocrm(app, redis, stores)
  const addressGuard = new AddressGuard(config.webhookAllowedHosts)
  const contexts = new AccountContexts({ redis, keys, ...stores, apiOf, addressGuard, log, clock })
  const { publicUrl, removedAccountDays, amocrm } = config
  return {
    config,
    isAllowedHost: (host) => isAllowedHost(host, amocrm.allowedHosts),
    office: {
      ...{ ...stores, redis, keys, contexts, queues, publicUrl, removedAccountDays, clock },
      lists: new ClientLists(redis, keys),
      ...clientTables(new ClientRows(redis, keys)),
      requestsPerSecond: amocrm.requestsPerSecond,
    },
    usedTokens: new UsedTokens(redis, keys),
  }
}
