import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** Longer than a write waits for its slot and its webhook takes to come; later ones are looked at, s. */
const KEPT_S = 120

/*
 * A mark is the digest of the state a write leaves behind, then
 * - nothing: the write is under way;
 * - `@` and a second: amoCRM stamped the write with it, and its webhook is still to come;
 * - `?` and a second: a webhook of that state and second was let pass before it was known when the write was made.
 */

/** ARGV: digest, second the webhook tells of, seconds to keep. Answers 1 when the webhook may pass. */
const CONSUME = `
local mark = redis.call('GET', KEYS[1])
if mark == ARGV[1] .. '@' .. ARGV[2] then
  redis.call('DEL', KEYS[1])
  return 1
end
if mark ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], mark .. '?' .. ARGV[2], 'EX', ARGV[3])
return 1
`

/** ARGV: digest, second of the write or '' when there was none, seconds to keep. Answers 0 when a webhook passed wrongly. */
const SETTLE = `
local mark = redis.call('GET', KEYS[1])
if not mark or string.sub(mark, 1, #ARGV[1]) ~= ARGV[1] then return 1 end
if mark == ARGV[1] and ARGV[2] ~= '' then
  redis.call('SET', KEYS[1], mark .. '@' .. ARGV[2], 'EX', ARGV[3])
  return 1
end
redis.call('DEL', KEYS[1])
return (mark == ARGV[1] or mark == ARGV[1] .. '?' .. ARGV[2]) and 1 or 0
`

export type EchoEntity = 'leads' | 'contacts' | 'companies'

/** The webhook that a write of ours makes amoCRM send: the state it will tell of. */
export interface ExpectedEcho {
  readonly entity: EchoEntity
  readonly id: number
  readonly digest: string
}

/**
 * Marks of our own writes whose webhooks are still to come. Each write lets one webhook pass that says just what we know
 * already, of the very second amoCRM stamped the write with; any other causes a look, and so does a second one. See
 * docs/decisions/0002-echoes.md.
 */
export class Echoes {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** Before the write: its webhook may be faster than its answer. */
  async expect(accountId: number, echoes: readonly ExpectedEcho[]): Promise<void> {
    await Promise.all(echoes.map((echo) => this.#redis.set(this.#key(accountId, echo), echo.digest, 'EX', KEPT_S)))
  }

  /**
   * After the write; null: it was not made, or nobody knows when. False: a webhook of another second passed meanwhile,
   * which was not its echo, so the entity has to be looked at.
   */
  async settle(accountId: number, echo: ExpectedEcho, updatedAt: number | null): Promise<boolean> {
    return (await this.#redis.eval(SETTLE, 1, this.#key(accountId, echo), echo.digest, updatedAt ?? '', KEPT_S)) === 1
  }

  /** Whether this webhook is the echo that was expected; answered yes once per write. */
  async consume(accountId: number, echo: ExpectedEcho, updatedAt: number): Promise<boolean> {
    return (await this.#redis.eval(CONSUME, 1, this.#key(accountId, echo), echo.digest, updatedAt, KEPT_S)) === 1
  }

  #key(accountId: number, { entity, id }: ExpectedEcho): string {
    return this.#keys.of(accountId, `e:${entity}:${id}`)
  }
}
