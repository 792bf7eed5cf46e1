import type { Redis } from 'ioredis'
import { pino } from 'pino'
import type { AmoApi } from '../../src/amocrm/amo-api.ts'
import { defaultPolicy } from '../../src/segmentation/default-policy.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { Journal } from '../../src/store/journal.ts'
import { Keys } from '../../src/store/keys.ts'
import { Mirror } from '../../src/store/mirror.ts'
import { PolicyStore } from '../../src/store/policy-store.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { AccountContexts } from '../../src/sync/account-contexts.ts'
import { BENCH_ACCOUNT } from '../made-up-base.ts'

/** An API that nothing may be asked of. */
const noApi = new Proxy({} as AmoApi, {
  get(_, name) {
    throw new Error(`amoCRM was called: ${String(name)}`)
  },
})

/** An installed account that is known to Redis alone: no amoCRM stands behind it. */
export async function offlineAccount(redis: Redis, encryptionKey: Buffer): Promise<AccountContext> {
  const keys = new Keys()
  const accounts = new AccountStore(redis, keys, new SecretBox([encryptionKey]))
  const policies = new PolicyStore(redis, keys)
  const { id, aggregates: _, ...structure } = BENCH_ACCOUNT
  await accounts.writeStructure(id, structure)
  await policies.save(id, 0, defaultPolicy(BENCH_ACCOUNT), 'benchmark')
  await accounts.write({
    ...{ id, name: 'Benchmark', host: 'benchmark.amocrm.ru', subdomain: 'benchmark', status: 'active' },
    ...{ problem: null, installedAt: Date.now(), hooks: 'subscribed' },
  })
  const contexts = new AccountContexts({
    ...{ redis, keys, accounts, policies, clock: Date.now },
    mirror: new Mirror(redis, keys),
    journal: new Journal(redis, keys),
    apiOf: () => ({ api: noApi, keepFields: { leads: new Set(), contacts: new Set(), companies: new Set() } }),
    log: pino({ level: 'silent' }),
  })
  const context = await contexts.get(id)
  if (!context) throw new Error('the account is not known')
  return context
}
