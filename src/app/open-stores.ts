import { AccountEraser } from '../store/account-eraser.ts'
import { AccountStore } from '../store/account-store.ts'
import { Journal, type JournalRetention } from '../store/journal.ts'
import type { Keys } from '../store/keys.ts'
import { Mirror } from '../store/mirror.ts'
import { PolicyStore } from '../store/policy-store.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { SecretBox } from '../store/secret-box.ts'
import { TokenVault } from '../store/token-vault.ts'

export interface Stores {
  readonly accounts: AccountStore
  readonly eraser: AccountEraser
  readonly policies: PolicyStore
  readonly vault: TokenVault
  readonly mirror: Mirror
  readonly journal: Journal
}

/** Every store over one connection. */
export const openStores = (redis: RedisClient, keys: Keys, box: SecretBox, retention: JournalRetention): Stores => {
  const accounts = new AccountStore(redis, keys, box)
  return {
    accounts,
    eraser: new AccountEraser(redis, keys, accounts),
    policies: new PolicyStore(redis, keys),
    vault: new TokenVault(redis, keys, box),
    mirror: new Mirror(redis, keys),
    journal: new Journal(redis, keys, retention),
  }
}
