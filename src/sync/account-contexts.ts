import type { Logger } from 'pino'
import type { AmoApi } from '../amocrm/amo-api.ts'
import type { KeptFields } from '../amocrm/read-cards.ts'
import { compilePolicy } from '../segmentation/compile-policy.ts'
import { defaultPolicy } from '../segmentation/default-policy.ts'
import type { AccountFacts, Aggregates } from '../segmentation/facts.ts'
import { parsePolicy } from '../segmentation/policy.ts'
import { actionNeeds, type PolicyNeeds, policyNeeds } from '../segmentation/policy-needs.ts'
import { AccountNotes } from '../store/account-notes.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import { Echoes } from '../store/echoes.ts'
import { GapStore } from '../store/gap-store.ts'
import { Intents } from '../store/intents.ts'
import type { Journal } from '../store/journal.ts'
import type { Keys } from '../store/keys.ts'
import type { Mirror } from '../store/mirror.ts'
import type { PolicyStore } from '../store/policy-store.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { RunStore } from '../store/run-store.ts'
import { SegmentDays } from '../store/segment-days.ts'
import { Stays } from '../store/stays.ts'
import { Transitions } from '../store/transitions.ts'
import type { AccountContext } from './account-context.ts'
import { sourceFieldOf } from './deal-source.ts'
import { AddressGuard } from './outgoing/address-guard.ts'
import { NO_RETIRED_FIELDS, type RetiredFields } from './retired-fields.ts'
import type { SyncEvents } from './sync-events.ts'

/** The API of one account, and the custom fields it keeps of what it reads: changed in place when the policy does. */
export interface OpenApi {
  readonly api: AmoApi
  readonly keepFields: KeptFields
}

/** What an account's API depends on: where it is, and with whose tokens it was connected last. */
export type ApiOwner = Pick<AccountRecord, 'id' | 'host' | 'connectedAt'>

/** Answers the same for the same account, host and installation. */
export type ApiFactory = (account: ApiOwner) => OpenApi

const NO_AGGREGATES: Aggregates = { gaps: { count: 0, quantileSeconds: null } }

export interface ContextParts {
  readonly redis: RedisClient
  readonly keys: Keys
  readonly accounts: AccountStore
  readonly policies: PolicyStore
  readonly mirror: Mirror
  readonly journal: Journal
  readonly apiOf: ApiFactory
  /** Default: only public addresses. */
  readonly addressGuard?: AddressGuard
  /** Absent: nobody counts. */
  readonly events?: SyncEvents | undefined
  readonly log: Logger
  readonly clock: () => number
}

/** The contexts of all accounts, built when first asked for and dropped when an announcement says they changed. */
export class AccountContexts {
  readonly #parts: ContextParts
  readonly #addressGuard: AddressGuard
  readonly #contexts = new Map<number, Promise<AccountContext | null>>()

  constructor(parts: ContextParts) {
    this.#parts = parts
    this.#addressGuard = parts.addressGuard ?? new AddressGuard([])
  }

  /** Null: the account is not installed. */
  get(accountId: number): Promise<AccountContext | null> {
    const known = this.#contexts.get(accountId)
    if (known) return known
    const building = this.#build(accountId)
    this.#contexts.set(accountId, building)
    // What could not be built is asked for again.
    building.then(
      (context) => {
        if (context === null) this.drop(accountId)
      },
      () => this.drop(accountId),
    )
    return building
  }

  /** Forgets every context: announcements may have been missed. */
  dropAll(): void {
    this.#contexts.clear()
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
    const notes = new AccountNotes(redis, keys, accountId)
    const aggregates = (await notes.get<Aggregates>('aggregates')) ?? NO_AGGREGATES
    const facts: AccountFacts = { ...structure, id: accountId, aggregates }
    const policy = stored ? parsed(accountId, stored.policy) : defaultPolicy(facts)
    const compiled = compilePolicy(policy, facts)
    const { api, keepFields } = this.#parts.apiOf(record)
    const retiredFields = (await notes.get<RetiredFields>('retired-fields')) ?? NO_RETIRED_FIELDS
    const needs = [policyNeeds(compiled), actionNeeds(compiled), figureNeeds(facts), retiredNeeds(retiredFields)]
    Object.assign(keepFields, keptFields(needs))
    return {
      id: accountId,
      record,
      policy,
      policyVersion: stored?.version ?? 0,
      rollout: stored?.rollout ?? null,
      compiled,
      retiredTags: new Set(await notes.get<string[]>('retired-tags')),
      retiredFields,
      api,
      notes,
      mirror,
      journal,
      echoes: new Echoes(redis, keys),
      intents: new Intents(redis, keys),
      gaps: new GapStore(redis, keys),
      transitions: new Transitions(redis, keys),
      runs: new RunStore(redis, keys),
      segmentDays: new SegmentDays(redis, keys),
      stays: new Stays(redis, keys),
      addressGuard: this.#addressGuard,
      events: this.#parts.events,
      log: log.child({ accountId }),
      clock,
    }
  }
}

/** What the figures of the page look at: where deals came from. */
function figureNeeds(account: AccountFacts): PolicyNeeds {
  const source = sourceFieldOf(account)
  return { leadFields: source === null ? [] : [source], contactFields: [], companyFields: [] }
}

/** What former policies may have left is looked at until it is gone. */
function retiredNeeds({ contact, company }: RetiredFields): PolicyNeeds {
  const idsOf = (fields: object) => Object.keys(fields).map(Number)
  return { leadFields: [], contactFields: idsOf(contact), companyFields: idsOf(company) }
}

/** Ids of the custom fields that readings keep; the API looks at it on each of them. */
function keptFields(needs: readonly PolicyNeeds[]): KeptFields {
  const idsOf = (list: keyof PolicyNeeds) => new Set(needs.flatMap((one) => one[list]))
  return { leads: idsOf('leadFields'), contacts: idsOf('contactFields'), companies: idsOf('companyFields') }
}

function parsed(accountId: number, policy: unknown) {
  const parsing = parsePolicy(policy)
  if (parsing.type === 'ok') return parsing.policy
  const problems = parsing.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new Error(`the stored policy of account ${accountId} does not parse: ${problems}`)
}
