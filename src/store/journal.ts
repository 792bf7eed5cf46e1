import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import type { IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** One write to one entity: what stood before, what is written, why and by which run. */
export interface JournalEntry {
  readonly client: ClientRef
  readonly entity: 'leads' | 'contacts' | 'companies'
  readonly entityId: number
  /** What caused it: `live`, `due`, or the name of a run over the base. */
  readonly run: string
  readonly tagsAdded: readonly string[]
  readonly tagsRemoved: readonly string[]
  readonly statusBefore: { readonly pipelineId: number; readonly statusId: number } | null
  readonly statusAfter: { readonly pipelineId: number; readonly statusId: number } | null
  /** Custom fields of ours that are changed, by id; a value is an option's text, null none. */
  readonly fieldsBefore: Readonly<Record<string, string | number | boolean | null>>
  readonly fieldsAfter: Readonly<Record<string, string | number | boolean | null>>
  /** Reason codes of the answers behind it. */
  readonly reasons: readonly string[]
}

/** Something made that amoCRM can't take back. */
export interface JournalAction {
  readonly client: ClientRef
  readonly run: string
  readonly type: 'task' | 'note' | 'salesbot' | 'webhook' | 'card' | 'field'
  /** The policy's id of the action; null for a card. */
  readonly actionId: string | null
  /** What was made, e.g. `task 17`. */
  readonly made: string
}

/** Milliseconds: when it was recorded. */
export type Recorded<Part> = Part & { readonly at: number }

/** About how much of the past an account keeps: whatever comes first. */
export interface JournalRetention {
  readonly days: number
  readonly entries: number
}

const RETENTION: JournalRetention = { days: 90, entries: 500_000 }

const DAY_MS = 86_400_000
const PAGE = 500

/** The record of all that was done, writes before they are made: a Redis stream per account, oldest first. */
export class Journal {
  readonly #redis: RedisClient
  readonly #keys: Keys
  readonly #retention: JournalRetention

  constructor(redis: RedisClient, keys: Keys, retention: JournalRetention = RETENTION) {
    this.#redis = redis
    this.#keys = keys
    this.#retention = retention
  }

  async record(accountId: number, entries: readonly JournalEntry[]): Promise<void> {
    const commands = entries.map(({ client, ...entry }) => this.#add(accountId, client, 'entry', compact(entry)))
    await Promise.all(commands.map(({ command, key, args }) => this.#redis.call(command, key, ...args)))
  }

  /** The command that records what was made, to go alongside the end of its intent. */
  made(accountId: number, { client, ...action }: JournalAction): IndexCommand {
    return this.#add(accountId, client, 'action', action)
  }

  async recordMade(accountId: number, action: JournalAction): Promise<void> {
    const { command, key, args } = this.made(accountId, action)
    await this.#redis.call(command, key, ...args)
  }

  /** Writes of one run, or (null) of all, newest first, some hundreds at a time. */
  async *ofRun(accountId: number, run: string | null): AsyncGenerator<Recorded<JournalEntry>[]> {
    for await (const page of this.#newestFirst<JournalEntry>(accountId, 'entry')) {
      yield page.filter((entry) => run === null || entry.run === run).map(whole)
    }
  }

  /** What was made by one run, or (null) by any, newest first, some at a time. */
  async *actionsOf(accountId: number, run: string | null): AsyncGenerator<Recorded<JournalAction>[]> {
    for await (const page of this.#newestFirst<JournalAction>(accountId, 'action')) {
      yield page.filter((action) => run === null || action.run === run)
    }
  }

  /** Forgets what is older than the account keeps; `now` in ms. */
  async trim(accountId: number, now: number): Promise<void> {
    const oldest = Math.max(0, now - this.#retention.days * DAY_MS)
    await this.#redis.xtrim(this.#key(accountId), 'MINID', oldest)
  }

  length(accountId: number): Promise<number> {
    return this.#redis.xlen(this.#key(accountId))
  }

  #add(accountId: number, client: ClientRef, kind: Kind, part: object): IndexCommand {
    const limit = ['MAXLEN', '~', String(this.#retention.entries)]
    const args = [...limit, '*', 'client', clientKey(client), kind, JSON.stringify(part)]
    return { command: 'XADD', key: this.#key(accountId), args }
  }

  async *#newestFirst<Part>(accountId: number, kind: Kind): AsyncGenerator<Recorded<Part>[]> {
    let end = '+'
    for (;;) {
      const page = await this.#redis.xrevrange(this.#key(accountId), end, '-', 'COUNT', PAGE)
      yield page.map(([id, fields]) => parsed<Part>(id, fields, kind)).filter((part) => part !== null)
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      end = `(${last[0]}`
    }
  }

  #key(accountId: number): string {
    return this.#keys.of(accountId, 'journal')
  }
}

type Kind = 'entry' | 'action'

const NOTHING = {
  tagsAdded: [],
  tagsRemoved: [],
  statusBefore: null,
  statusAfter: null,
  fieldsBefore: {},
  fieldsAfter: {},
  reasons: [],
}

/** Without the parts that say nothing: most entries are of tags alone. */
function compact(entry: Omit<JournalEntry, 'client'>): object {
  const says = (value: unknown) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0)
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => says(value)))
}

function whole(entry: Recorded<JournalEntry>): Recorded<JournalEntry> {
  return { ...NOTHING, ...entry }
}

/** Null: of another kind, or of a client that can't be read any more. */
function parsed<Part>(id: string, fields: readonly string[], kind: Kind): Recorded<Part> | null {
  const at = (name: string) => fields[fields.indexOf(name) + 1]
  const client = parseClientKey(at('client') ?? '')
  const text = fields[2] === kind ? fields[3] : undefined
  if (!client || text === undefined) return null
  return { ...(JSON.parse(text) as Part), client, at: Number(id.split('-')[0]) }
}
