import type { HookFields } from '../hooks/form-encode.ts'
import {
  type AccountProfile,
  DEFAULT_DOUBTS,
  type Doubts,
  type LossReason,
  type Pipeline,
  type Source,
  type Status,
  type User,
} from './account-profile.ts'
import { FieldRegistry } from './field-registry.ts'
import { type AmoEvent, type Company, type Contact, type Lead, LOST, type Note, type Task, WON } from './model.ts'
import { Shelf } from './shelf.ts'
import type { Subscription } from './subscriptions.ts'
import { TagDictionary } from './tag-dictionary.ts'

/** A change somebody may have subscribed to. */
export interface Announcement {
  /** Names of the subscription settings it belongs to. */
  readonly settings: readonly string[]
  readonly key: string
  readonly action: string
  readonly entityId: number
  /** Builds the item of the body; called only if somebody listens. */
  readonly item: () => HookFields
}

export interface SalesbotRun {
  readonly botId: number
  readonly entityId: number
  readonly entityType: number
}

/** Everything one account holds. Pure data with indexes: rules of change are beside it, shapes in api/ and hooks/. */
export class World {
  readonly doubts: Doubts
  readonly leads = new Shelf<Lead>()
  readonly contacts = new Shelf<Contact>()
  readonly companies = new Shelf<Company>()
  readonly tasks = new Shelf<Task>()
  /** Tasks by `<entity type>:<id>`. */
  readonly tasksByCard = new Map<string, readonly Task[]>()
  readonly notes = new Shelf<Note>()
  /** Oldest first. */
  readonly events: AmoEvent[] = []
  /** Running talks by contact. */
  readonly talks = new Map<number, { readonly id: number; readonly chatId: string }>()
  readonly salesbotRuns: SalesbotRun[] = []
  readonly subscriptions = new Map<string, Subscription>()
  readonly pipelines = new Map<number, Pipeline>()
  readonly users: User[] = []
  readonly lossReasons: LossReason[] = []
  readonly sources: Source[] = []
  readonly tags: Readonly<Record<'leads' | 'contacts' | 'companies', TagDictionary>>
  readonly fields: Readonly<Record<'leads' | 'contacts' | 'companies', FieldRegistry>>
  /** Set by the server: where announcements go. */
  announce: (announcement: Announcement) => void = () => {}
  readonly #now: () => number
  #account: AccountProfile
  #lastId = 1_000_000
  #lastSmallId = 500_000

  constructor(account: AccountProfile, now: () => number, doubts: Partial<Doubts> = {}) {
    this.#account = account
    this.doubts = { ...DEFAULT_DOUBTS, ...doubts }
    this.#now = now
    const id = (): number => this.smallId()
    this.tags = { leads: new TagDictionary(id), contacts: new TagDictionary(id), companies: new TagDictionary(id) }
    this.fields = { leads: new FieldRegistry(id), contacts: new FieldRegistry(id), companies: new FieldRegistry(id) }
  }

  get account(): AccountProfile {
    return this.#account
  }

  /** Its id, and whatever stands in it, stays. */
  rename(subdomain: string): void {
    this.#account = { ...this.#account, subdomain }
  }

  /** Seconds. */
  now(): number {
    return Math.floor(this.#now() / 1000)
  }

  /** Id of a new card, task, note or event. */
  nextId(): number {
    this.#lastId += 2
    return this.#lastId
  }

  /** Id of a new thing of the account's settings: tag, field, stage, user. */
  smallId(): number {
    this.#lastSmallId += 1
    return this.#lastSmallId
  }

  get admin(): User {
    const user = this.users.find((candidate) => candidate.isAdmin)
    if (user === undefined) throw new Error(`Account ${this.account.id} has no admin`)
    return user
  }

  get mainPipeline(): Pipeline {
    const pipeline = [...this.pipelines.values()].find((candidate) => candidate.isMain)
    if (pipeline === undefined) throw new Error(`Account ${this.account.id} has no main pipeline`)
    return pipeline
  }

  status(pipelineId: number, statusId: number): Status | undefined {
    return this.pipelines.get(pipelineId)?.statuses.find((status) => status.id === statusId)
  }

  /** The stage a new deal starts in: the first that is not the one of incoming leads. */
  firstStatus(pipeline: Pipeline): Status {
    const status = pipeline.statuses.find((candidate) => candidate.type === 0 && !isClosing(candidate.id))
    if (status === undefined) throw new Error(`Pipeline ${pipeline.id} has no stages`)
    return status
  }
}

export function isClosing(statusId: number): boolean {
  return statusId === WON || statusId === LOST
}
