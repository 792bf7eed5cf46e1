import type { Logger } from 'pino'
import type { AccountEraser } from '../store/account-eraser.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { TokenVault } from '../store/token-vault.ts'
import type { AccountContexts } from './account-contexts.ts'
import { keepAccess } from './keep-access.ts'
import { takeLeave } from './take-leave.ts'

const ROUND_MS = 60_000

export interface KeeperParts {
  readonly accounts: AccountStore
  readonly vault: TokenVault
  readonly eraser: AccountEraser
  readonly contexts: AccountContexts
  /** Days after which all data of a removed account is erased. */
  readonly removedAccountDays: number
  readonly log: Logger
  readonly clock: () => number
}

/**
 * Looks at every account once a minute for what no job does: refresh tokens that would die of disuse, and accounts that
 * were removed, whose tokens and at last whose data have to go. Every process does; each step is done by one of them,
 * and whatever a crash interrupted is found in the next round.
 */
export class AccountKeeper {
  readonly #parts: KeeperParts
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  start(): void {
    const begin = () => {
      this.#running ??= this.round().finally(() => {
        this.#running = null
      })
    }
    begin()
    this.#timer = setInterval(begin, ROUND_MS)
  }

  /** One look at every account. */
  async round(): Promise<void> {
    const { accounts, eraser, log } = this.#parts
    try {
      for (const record of await accounts.list()) await this.#look(record)
      for (const id of await eraser.unfinished()) await this.#eraseRest(id)
    } catch (error) {
      log.warn({ err: error }, 'the round over the accounts was cut short; the next one goes on')
    }
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    await this.#running
  }

  async #look(record: AccountRecord): Promise<void> {
    try {
      if (record.status === 'disconnected') await takeLeave(this.#parts, record)
      else await keepAccess(this.#parts, record)
    } catch (error) {
      this.#parts.log.warn({ err: error, accountId: record.id }, 'the account could not be looked after')
    }
  }

  /** What a crash left, or somebody wrote while it was erased. */
  #eraseRest(id: number): Promise<void> {
    const { eraser } = this.#parts
    return eraser.exclusively(id, async () => {
      if (await eraser.isUnfinished(id)) await eraser.erase(id)
    })
  }
}
