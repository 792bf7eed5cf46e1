import { createHash, randomBytes } from 'node:crypto'
import type { AccountRecord, AccountStructure } from './account-record.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'
import type { SecretBox } from './secret-box.ts'

const RECORD = 'record'
const STRUCTURE = 'structure'
const HOOK_SECRET = 'hookSecret'
const SIGNING_SECRET = 'signingSecret'
const PIPELINE_KEY = 'pipelineKey'

/** What each is bound to, with the account's id behind it. */
const SECRETS = {
  [HOOK_SECRET]: 'hook-secret',
  [SIGNING_SECRET]: 'signing-secret',
  [PIPELINE_KEY]: 'pipeline-key',
} as const

/** Replaces a field of a hash while it still holds what was read. */
const REPLACE = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`

/** Puts a new webhook secret in place of the one that was read, whose hash is kept until amoCRM knows the new one. */
const ROTATE = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('SADD', KEYS[2], ARGV[4])
return 1
`

/** Installed accounts: who they are, how they are built, and the secret their webhooks come with. */
export class AccountStore {
  readonly #redis: RedisClient
  readonly #keys: Keys
  readonly #box: SecretBox

  constructor(redis: RedisClient, keys: Keys, box: SecretBox) {
    this.#redis = redis
    this.#keys = keys
    this.#box = box
  }

  async ids(): Promise<number[]> {
    return (await this.#redis.smembers(this.#keys.accounts)).map(Number)
  }

  async list(): Promise<AccountRecord[]> {
    const records = await Promise.all((await this.ids()).map((id) => this.read(id)))
    return records.filter((record) => record !== null).sort((a, b) => a.installedAt - b.installedAt)
  }

  read(id: number): Promise<AccountRecord | null> {
    return this.#readJson<AccountRecord>(id, RECORD)
  }

  async write(record: AccountRecord): Promise<void> {
    await this.#redis.hset(this.#key(record.id), RECORD, JSON.stringify(record))
    await this.#redis.sadd(this.#keys.accounts, record.id)
    await this.announce(record.id)
  }

  /** Changes some parts of a record; does nothing when the account is unknown. */
  async patch(id: number, part: Partial<Omit<AccountRecord, 'id'>>): Promise<void> {
    await this.change(id, (record) => ({ ...record, ...part }))
  }

  /**
   * Changes a record by a pure function, again and again until no one else interferes; null means "leave it". Answers
   * the record it was changed from; null when it was left, or the account is unknown.
   */
  async change(id: number, change: (record: AccountRecord) => AccountRecord | null): Promise<AccountRecord | null> {
    for (;;) {
      const text = await this.#redis.hget(this.#key(id), RECORD)
      if (text === null) return null
      const before = JSON.parse(text) as AccountRecord
      const after = change(before)
      if (!after) return null
      const done = await this.#redis.eval(REPLACE, 1, this.#key(id), RECORD, text, JSON.stringify(after))
      if (done !== 1) continue
      await this.announce(id)
      return before
    }
  }

  structure(id: number): Promise<AccountStructure | null> {
    return this.#readJson<AccountStructure>(id, STRUCTURE)
  }

  async writeStructure(id: number, structure: AccountStructure): Promise<void> {
    await this.#redis.hset(this.#key(id), STRUCTURE, JSON.stringify(structure))
    await this.announce(id)
  }

  /** Tells every process that something about the account changed. */
  async announce(id: number): Promise<void> {
    await this.#redis.publish(this.#keys.announcements, String(id))
  }

  /** The account's webhook secret, made at the first call: 32 random bytes, encrypted at rest, found by its hash. */
  async hookSecret(id: number): Promise<string> {
    const secret = await this.#secret(id, HOOK_SECRET)
    await this.#redis.hset(this.#keys.hookSecrets, hashSecret(secret), id)
    return secret
  }

  /**
   * The key with which the account's Digital Pipeline calls, made at the first call and found as a webhook secret is.
   * Another than that: it stands in the settings of pipelines, where nobody would replace it with the secret.
   */
  async pipelineKey(id: number): Promise<string> {
    const key = await this.#secret(id, PIPELINE_KEY)
    await this.#redis.hset(this.#keys.hookSecrets, hashSecret(key), id)
    return key
  }

  /** The account's secret for signing outgoing webhooks, made at the first call. */
  signingSecret(id: number): Promise<string> {
    return this.#secret(id, SIGNING_SECRET)
  }

  /** Makes another secret for signing; receivers have to be told. */
  async rotateSigningSecret(id: number): Promise<string> {
    const fresh = randomBytes(32).toString('base64url')
    await this.#redis.hset(this.#key(id), SIGNING_SECRET, this.#box.seal(fresh, contextOf(SIGNING_SECRET, id)))
    return fresh
  }

  /**
   * Makes a new webhook secret. The former one is taken as before, until `retireHookSecrets`. Of several who rotate at
   * once one does.
   */
  async rotateHookSecret(id: number): Promise<void> {
    const former = await this.hookSecret(id)
    const sealed = await this.#redis.hget(this.#key(id), HOOK_SECRET)
    const fresh = randomBytes(32).toString('base64url')
    // First: from the moment it is the account's secret its hooks have to be known.
    await this.#redis.hset(this.#keys.hookSecrets, hashSecret(fresh), id)
    const replacement = this.#box.seal(fresh, contextOf(HOOK_SECRET, id))
    const keys = [this.#key(id), this.#formerSecrets(id)]
    const done = await this.#redis.eval(ROTATE, 2, ...keys, HOOK_SECRET, sealed ?? '', replacement, hashSecret(former))
    if (done !== 1) await this.#redis.hdel(this.#keys.hookSecrets, hashSecret(fresh))
  }

  /**
   * Puts the account's secrets under the newest key; answers how many were under another.
   *
   * @throws UnreadableSecretError when no key opens one.
   */
  async renewSeals(id: number): Promise<number> {
    let renewed = 0
    for (const field of [HOOK_SECRET, SIGNING_SECRET, PIPELINE_KEY] as const) {
      const sealed = await this.#redis.hget(this.#key(id), field)
      const fresh = sealed && this.#box.renew(sealed, contextOf(field, id))
      if (sealed && fresh) renewed += Number(await this.#redis.eval(REPLACE, 1, this.#key(id), field, sealed, fresh))
    }
    return renewed
  }

  /** Whether former webhook secrets are still taken, as long as nobody retires them. */
  async hasFormerHookSecrets(id: number): Promise<boolean> {
    return (await this.#redis.scard(this.#formerSecrets(id))) > 0
  }

  /** Has the former webhook secrets taken for some seconds more, then refused. */
  async retireHookSecrets(id: number, seconds: number): Promise<void> {
    for (const hash of await this.#redis.smembers(this.#formerSecrets(id))) {
      await this.#redis.set(this.#keys.retiredHookSecret(hash), id, 'EX', seconds)
      await this.#redis.hdel(this.#keys.hookSecrets, hash)
      await this.#redis.srem(this.#formerSecrets(id), hash)
    }
  }

  /** The account a webhook secret belongs to; null: nobody's. */
  async bySecret(secret: string): Promise<number | null> {
    const hash = hashSecret(secret)
    const id =
      (await this.#redis.hget(this.#keys.hookSecrets, hash)) ??
      (await this.#redis.get(this.#keys.retiredHookSecret(hash)))
    return id === null ? null : Number(id)
  }

  async #secret(id: number, field: keyof typeof SECRETS): Promise<string> {
    const key = this.#key(id)
    const context = contextOf(field, id)
    const fresh = randomBytes(32).toString('base64url')
    await this.#redis.hsetnx(key, field, this.#box.seal(fresh, context))
    const sealed = await this.#redis.hget(key, field)
    if (sealed === null) throw new Error(`account ${id} was removed while a secret of it was made`)
    return this.#box.open(sealed, context)
  }

  async #readJson<T>(id: number, field: string): Promise<T | null> {
    const text = await this.#redis.hget(this.#key(id), field)
    return text === null ? null : (JSON.parse(text) as T)
  }

  #key(id: number): string {
    return this.#keys.of(id, 'account')
  }

  #formerSecrets(id: number): string {
    return this.#keys.of(id, 'former-hook-secrets')
  }
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function contextOf(field: keyof typeof SECRETS, id: number): string {
  return `${SECRETS[field]}:${id}`
}
