import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { AmoApi } from '../amocrm/amo-api.ts'
import { compilePolicy } from '../segmentation/compile-policy.ts'
import { defaultPolicy } from '../segmentation/default-policy.ts'
import type { AccountFacts } from '../segmentation/facts.ts'
import { parsePolicy } from '../segmentation/policy.ts'
import { AccountNotes } from '../store/account-notes.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import { Intents } from '../store/intents.ts'
import type { Journal } from '../store/journal.ts'
import type { Keys } from '../store/keys.ts'
import type { Mirror } from '../store/mirror.ts'
import type { PolicyStore } from '../store/policy-store.ts'
import { Transitions } from '../store/transitions.ts'
import type { AccountContext } from './account-context.ts'

/** Builds the API of one account; kept as long as its host stays the same. */
export type ApiFactory = (account: Pick<AccountRecord, 'id' | 'host'>, notes: AccountNotes) => AmoApi

export interface ContextParts {
  readonly redis: Redis
  readonly keys: Keys
  readonly accounts: AccountStore
  readonly policies: PolicyStore
  readonly mirror: Mirror
  readonly journal: Journal
  readonly createApi: ApiFactory
  readonly log: Logger
  readonly clock: () => number
}

/** The contexts of all accounts, built when first asked for and dropped when an announcement says they changed. */
export class AccountContexts {
  readonly #parts: ContextParts
  readonly #contexts = new Map<number, Promise<AccountContext | null>>()
  readonly #apis = new Map<number, { readonly host: string; readonly api: AmoApi }>()

  constructor(parts: ContextParts) {
    this.#parts = parts
  }

  /** Null: the account is not installed. */
  get(accountId: number): Promise<AccountContext | null> {
    const known = this.#contexts.get(accountId)
    if (known) return known
    const building = this.#build(accountId)
    this.#contexts.set(accountId, building)
    building.catch(() => this.drop(accountId))
    return building
  }

  drop(accountId: number): void {
    this.#contexts.delete(accountId)
  }

  async #build(accountId: number): Promise<AccountContext | null> {
    const { redis, keys, accounts, policies, mirror, journal, log, clock } = this.#parts
    const [record, structure, stored] = await Promise.all([
      accounts.read(accountId),
      accounts.structure(accountId),
      policies.current(accountId),
    ])
    if (!record || !structure) return null
    const facts: AccountFacts = {
      ...structure,
      id: accountId,
      aggregates: { gaps: { count: 0, quantileSeconds: null } },
    }
    const policy = stored ? parsed(accountId, stored.policy) : defaultPolicy(facts)
    const notes = new AccountNotes(redis, keys, accountId)
    return {
      id: accountId,
      record,
      policy,
      policyVersion: stored?.version ?? 0,
      compiled: compilePolicy(policy, facts),
      api: this.#api(record, notes),
      notes,
      mirror,
      journal,
      intents: new Intents(redis, keys),
      transitions: new Transitions(redis, keys),
      log: log.child({ accountId }),
      clock,
    }
  }

  #api(record: AccountRecord, notes: AccountNotes): AmoApi {
    const known = this.#apis.get(record.id)
    if (known?.host === record.host) return known.api
    const api = this.#parts.createApi(record, notes)
    this.#apis.set(record.id, { host: record.host, api })
    return api
  }
}

function parsed(accountId: number, policy: unknown) {
  const parsing = parsePolicy(policy)
  if (parsing.type === 'ok') return parsing.policy
  const problems = parsing.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new Error(`the stored policy of account ${accountId} does not parse: ${problems}`)
}
