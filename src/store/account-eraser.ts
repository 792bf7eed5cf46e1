import { Cluster } from 'ioredis'
import type { AccountStore } from './account-store.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'
import { withLock } from './redis-lock.ts'

const COUNT = 1_000

/**
 * Erases all that is known of an account: its place among the accounts, its webhook secrets, every key under the hash tag
 * of its id, and its queue. An account stands in the set of those to be erased until a pass found nothing left of it, so
 * a crash leaves nothing behind, nor does what somebody wrote meanwhile.
 */
export class AccountEraser {
  readonly #redis: RedisClient
  readonly #keys: Keys
  readonly #accounts: AccountStore

  constructor(redis: RedisClient, keys: Keys, accounts: AccountStore) {
    this.#redis = redis
    this.#keys = keys
    this.#accounts = accounts
  }

  /** An account is installed or erased, one after the other, by one process at a time. */
  exclusively<T>(accountId: number, work: () => Promise<T>): Promise<T> {
    return withLock(this.#redis, this.#lock(accountId), work)
  }

  /** Accounts of which something may be left. */
  async unfinished(): Promise<number[]> {
    return (await this.#redis.smembers(this.#keys.erasing)).map(Number)
  }

  /** Whether an account's data is half erased. */
  async isUnfinished(accountId: number): Promise<boolean> {
    return (await this.#redis.sismember(this.#keys.erasing, accountId)) === 1
  }

  /** One pass, to be made under `exclusively`; answers how many keys there were. */
  async erase(accountId: number): Promise<number> {
    await this.#redis.sadd(this.#keys.erasing, accountId)
    await this.#redis.srem(this.#keys.accounts, accountId)
    await this.#forgetSecrets(accountId)
    // From here on nobody works for the account any more.
    await this.#accounts.announce(accountId)
    const erased = await this.#deleteKeys(accountId)
    if (erased === 0) await this.finish(accountId)
    return erased
  }

  /** Nothing is left, or what comes now is of a new installation. */
  async finish(accountId: number): Promise<void> {
    await this.#redis.srem(this.#keys.erasing, accountId)
  }

  async #forgetSecrets(accountId: number): Promise<void> {
    const own: string[] = []
    let cursor = '0'
    do {
      const [next, pairs] = await this.#redis.hscan(this.#keys.hookSecrets, cursor, 'COUNT', COUNT)
      own.push(...pairs.filter((_, index) => index % 2 === 0 && pairs[index + 1] === String(accountId)))
      cursor = next
    } while (cursor !== '0')
    if (own.length > 0) await this.#redis.hdel(this.#keys.hookSecrets, ...own)
  }

  /** Not every Redis keeps a cursor's place when keys go: looked through until nothing is found. */
  async #deleteKeys(accountId: number): Promise<number> {
    let deleted = 0
    for (;;) {
      const found = await this.#deleteFound(accountId)
      if (found === 0) return deleted
      deleted += found
    }
  }

  async #deleteFound(accountId: number): Promise<number> {
    const prefixes = [this.#keys.of(accountId, ''), `${this.#keys.jobs}:${this.#keys.queueOf(accountId)}:`]
    const lock = this.#lock(accountId)
    let deleted = 0
    for await (const found of this.#keysLike(`*{${accountId}}:*`)) {
      const own = found.filter((key) => key !== lock && prefixes.some((prefix) => key.startsWith(prefix)))
      if (own.length > 0) deleted += await this.#redis.unlink(...own)
    }
    return deleted
  }

  /** A cluster is looked through node by node. */
  async *#keysLike(match: string): AsyncGenerator<string[]> {
    const nodes = this.#redis instanceof Cluster ? this.#redis.nodes('master') : [this.#redis]
    for (const node of nodes) {
      let cursor = '0'
      do {
        const [next, found] = await node.scan(cursor, 'MATCH', match, 'COUNT', COUNT)
        yield found
        cursor = next
      } while (cursor !== '0')
    }
  }

  #lock(accountId: number): string {
    return this.#keys.of(accountId, 'installing')
  }
}
