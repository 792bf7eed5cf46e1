import { Redis } from 'ioredis'
import { AmoHttp } from '../../../src/amocrm/amo-http.ts'
import { createAmoApi } from '../../../src/amocrm/create-amo-api.ts'
import { Keys } from '../../../src/store/keys.ts'
import { SecretBox } from '../../../src/store/secret-box.ts'
import { TokenVault } from '../../../src/store/token-vault.ts'

/** What a process that is forked from this file is told to do, once it said that it is ready. */
export interface RefreshOrder {
  readonly accountId: number
  readonly host: string
  readonly apiOrigin: string
  readonly redisUrl: string
  readonly keyRoot: string
  /** Base64. */
  readonly encryptionKey: string
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; readonly redirectUri: string }
  /** Calls to make at once, each by an API of its own, as if it were alone. */
  readonly calls: number
}

/** What it answers: how many calls were served, and why the others were not. */
export interface RefreshReport {
  readonly served: number
  readonly failures: readonly string[]
}

async function carryOut(order: RefreshOrder): Promise<RefreshReport> {
  const { accountId, host, apiOrigin, oauth } = order
  const redis = new Redis(order.redisUrl, { maxRetriesPerRequest: null })
  const keys = new Keys(order.keyRoot)
  const tokens = new TokenVault(redis, keys, new SecretBox([Buffer.from(order.encryptionKey, 'base64')]))
  const allowedHosts = ['amocrm.ru']
  const http = new AmoHttp({ allowedHosts, apiOrigin })
  const outcomes = await Promise.allSettled(
    Array.from({ length: order.calls }, () =>
      createAmoApi({
        ...{ accountId, host, tokens, oauth, redis, allowedHosts, apiOrigin, http },
        ...{ keyOf: (name: string) => keys.of(accountId, name), requestsPerSecond: 500 },
        traits: { get: async () => null, set: async () => {} },
      }).account(),
    ),
  )
  redis.disconnect()
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  return { served: outcomes.length - failures.length, failures }
}

process.once('message', async (order: RefreshOrder) => {
  process.send?.(await carryOut(order), () => process.disconnect())
})
process.send?.('ready')
