import type { Stores } from '../app/open-stores.ts'
import { ClosingStack } from '../closing-stack.ts'
import type { Config } from '../config.ts'
import type { AccountContext } from '../sync/account-context.ts'
import type { AccountQueues } from '../sync/account-queues.ts'
import { CommandFailure } from './command-failure.ts'
import { openInstallation } from './open-installation.ts'

/** One installed account, as a command works with it: through Redis alone, amoCRM is not called. */
export interface OpenAccount {
  readonly context: AccountContext
  readonly stores: Stores
  /** What is added here the running service does. */
  readonly queues: AccountQueues
  readonly requestsPerSecond: number
}

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
    await work(await openAccount(config, accountId, keyRoot, closing))
  } finally {
    await closing.close(CLOSING_LIMIT_MS)
  }
}

const openAccount = async (
  config: Config,
  accountId: number,
  keyRoot: string | undefined,
  closing: ClosingStack,
): Promise<OpenAccount> => {
  const { contexts, stores, queues } = await openInstallation(config, keyRoot, closing)
  const context = await contexts.get(accountId)
  if (!context) throw new CommandFailure(`No account ${accountId} is installed${await others(stores)}`)
  return { context, stores, queues, requestsPerSecond: config.amocrm.requestsPerSecond }
}

const others = async ({ accounts }: Stores): Promise<string> => {
  const known = (await accounts.list()).map(({ id, host }) => `${id} (${host})`)
  return known.length === 0 ? '' : `; there are: ${known.join(', ')}`
}
