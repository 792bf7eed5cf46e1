import type { Redis } from 'ioredis'
import type { Keys } from './keys.ts'

/** Longer than a write waits for its slot and its webhook takes to come; later ones are looked at, s. */
const KEPT_S = 120

/** Takes the mark away and answers 1 when it is for this state, and for this second once that is known. */
const CONSUME = `
local mark = redis.call('GET', KEYS[1])
if mark ~= ARGV[1] and mark ~= ARGV[1] .. '@' .. ARGV[2] then return 0 end
redis.call('DEL', KEYS[1])
return 1
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
 * already; any other causes a look, and so does a second one, so that a person's change in the same second is seen.
 */
export class Echoes {
  readonly #redis: Redis
  readonly #keys: Keys

  constructor(redis: Redis, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** Before the write: its webhook may be faster than its answer. */
  async expect(accountId: number, echoes: readonly ExpectedEcho[]): Promise<void> {
    await Promise.all(echoes.map((echo) => this.#redis.set(this.#key(accountId, echo), echo.digest, 'EX', KEPT_S)))
  }

  /** After the write: only a webhook that tells of this second is its echo. */
  async confirm(accountId: number, echo: ExpectedEcho, updatedAt: number): Promise<void> {
    await this.#redis.set(this.#key(accountId, echo), `${echo.digest}@${updatedAt}`, 'EX', KEPT_S, 'XX')
  }

  /** The write was not made, or nobody knows: whatever comes is looked at. */
  async forget(accountId: number, echo: Pick<ExpectedEcho, 'entity' | 'id'>): Promise<void> {
    await this.#redis.del(this.#key(accountId, echo))
  }

  /** Whether this webhook is the echo that was expected; answered yes once per write. */
  async consume(accountId: number, echo: ExpectedEcho, updatedAt: number): Promise<boolean> {
    return (await this.#redis.eval(CONSUME, 1, this.#key(accountId, echo), echo.digest, updatedAt)) === 1
  }

  #key(accountId: number, { entity, id }: Pick<ExpectedEcho, 'entity' | 'id'>): string {
    return this.#keys.of(accountId, `e:${entity}:${id}`)
  }
}
