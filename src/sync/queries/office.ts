import type { TokenStore } from '../../amocrm/token-store.ts'
import type { AccountStore } from '../../store/account-store.ts'
import type { ClientLists } from '../../store/client-lists.ts'
import type { ClientRows } from '../../store/client-rows.ts'
import type { Keys } from '../../store/keys.ts'
import type { Mirror } from '../../store/mirror.ts'
import type { PolicyStore } from '../../store/policy-store.ts'
import type { RedisClient } from '../../store/redis-client.ts'
import type { AccountContext } from '../account-context.ts'
import type { AccountContexts } from '../account-contexts.ts'
import type { AccountQueues } from '../account-queues.ts'
import type { ClientTable } from './client-table.ts'
import type { TableShelf } from './table-shelf.ts'

/** All that questions about the accounts are answered from. */
export interface Office {
  readonly redis: RedisClient
  readonly keys: Keys
  readonly lists: ClientLists
  readonly rows: ClientRows
  /** Every client of an account, as of his last decision. */
  readonly clients: TableShelf<ClientTable>
  /** Names of the clients for searching, by client key. */
  readonly names: TableShelf<ReadonlyMap<string, string>>
  readonly accounts: AccountStore
  readonly policies: PolicyStore
  readonly mirror: Mirror
  /** Absent: tokens are not looked at. */
  readonly vault?: Pick<TokenStore, 'readTokens'>
  readonly contexts: AccountContexts
  readonly queues: AccountQueues
  /** Where the service is reached from outside; null: not set. */
  readonly publicUrl: string | null
  /** Days after which all data of a removed account is erased. */
  readonly removedAccountDays: number
  /** amoCRM's limit for one account. */
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly clock: () => number
}

/** The account as it is stored this moment, whoever changed it last; null: it is not installed. */
export const accountNow = (office: Office, accountId: number): Promise<AccountContext | null> => {
  office.contexts.drop(accountId)
  return office.contexts.get(accountId)
}
