import { noteAnswer, type Subscription } from '../world/subscriptions.ts'
import type { Announcement, World } from '../world/world.ts'
import { formEncode } from './form-encode.ts'
import { createHookPoster, type HookPoster } from './post-form.ts'

/** A hook about to be sent, as fault rules see it. */
export interface Hook {
  readonly accountId: number
  readonly destination: string
  /** e.g. `leads`, `contacts`, `task`, `message`. */
  readonly key: string
  readonly action: string
  readonly entityId: number
  readonly body: string
}

/** What to do with a hook in place of plain delivery. */
export type HookFault = 'deliver' | 'drop' | 'double' | { readonly delayMs: number }

/** One try of a delivery. `status` 0: no answer in time. */
export interface Delivery {
  /** Milliseconds. */
  readonly at: number
  readonly hook: Hook
  readonly attempt: number
  readonly status: number
  readonly tookMs: number
}

export interface HookSenderOptions {
  /** Milliseconds since the epoch, of the world. */
  readonly now: () => number
  readonly timeoutMs: number
  /** Milliseconds between the tries: four steps, five tries. */
  readonly retrySchedule: readonly number[]
  /** Invalid answers of two hours that a subscription outlives. */
  readonly mostInvalidAnswers: number
  readonly concurrency: number
  readonly onHook: (hook: Hook) => HookFault | undefined
  readonly onDelivery: (delivery: Delivery) => void
}

interface Parcel {
  readonly hook: Hook
  readonly subscription: Subscription
  readonly attempt: number
}

/** Only a sender's own trouble (499, 5xx) is worth the fourth and fifth try (platform, webhooks: delivery). */
const PATIENT_FROM = 3

/** Delivers webhooks of all accounts in the background: one POST per change and subscription, a bounded number at once. */
export class HookSender {
  readonly #options: HookSenderOptions
  readonly #poster: HookPoster
  readonly #queue: Parcel[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  #active = 0
  #waiting: (() => void)[] = []
  #isClosed = false

  constructor(options: HookSenderOptions) {
    this.#options = options
    this.#poster = createHookPoster(options.timeoutMs, options.concurrency)
  }

  /** Tries not made yet, those that wait for their repetition left out. */
  get backlog(): number {
    return this.#queue.length + this.#active
  }

  /** Tries that wait for their repetition or delay. */
  get waitingForRetry(): number {
    return this.#timers.size
  }

  /** Resolves when nothing waits to be sent and nothing is on its way; repetitions to come do not count. */
  async idle(): Promise<void> {
    if (this.backlog === 0) return
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  announce(world: World, announcement: Announcement): void {
    const listening = [...world.subscriptions.values()].filter(
      (subscription) =>
        !subscription.disabled && announcement.settings.some((name) => subscription.settings.includes(name)),
    )
    if (listening.length === 0 || this.#isClosed) return
    const body = bodyOf(world, announcement)
    for (const subscription of listening) {
      const { key, action, entityId } = announcement
      const { destination } = subscription
      this.#dispatch({ accountId: world.account.id, destination, key, action, entityId, body }, subscription)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#queue.length = 0
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#poster.close()
  }

  #dispatch(hook: Hook, subscription: Subscription): void {
    const fault = this.#options.onHook(hook) ?? 'deliver'
    const parcel = { hook, subscription, attempt: 1 }
    if (fault === 'drop') return
    if (typeof fault === 'object') {
      this.#later(parcel, fault.delayMs)
      return
    }
    this.#enqueue(parcel)
    if (fault === 'double') this.#enqueue(parcel)
  }

  #enqueue(parcel: Parcel): void {
    this.#queue.push(parcel)
    setImmediate(() => this.#pump())
  }

  #later(parcel: Parcel, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#enqueue(parcel)
    }, delayMs)
    this.#timers.add(timer)
  }

  #pump(): void {
    while (this.#active < this.#options.concurrency && !this.#isClosed) {
      const parcel = this.#queue.shift()
      if (parcel === undefined) break
      this.#active += 1
      void this.#deliver(parcel).finally(() => {
        this.#active -= 1
        this.#pump()
        if (this.backlog === 0) for (const done of this.#waiting.splice(0)) done()
      })
    }
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const { hook, subscription, attempt } = parcel
    const started = performance.now()
    const status = await this.#poster.post(hook.destination, hook.body)
    if (this.#isClosed) return
    const isValid = status >= 100 && status <= 299
    this.#options.onDelivery({ at: this.#options.now(), hook, attempt, status, tookMs: performance.now() - started })
    noteAnswer(subscription, isValid, this.#options.now(), this.#options.mostInvalidAnswers)
    const delay = this.#options.retrySchedule[attempt - 1]
    if (!isValid && delay !== undefined && mayRepeat(status, attempt)) {
      this.#later({ ...parcel, attempt: attempt + 1 }, delay)
    }
  }
}

function mayRepeat(status: number, attempt: number): boolean {
  return attempt < PATIENT_FROM || status === 499 || (status >= 500 && status <= 599)
}

function bodyOf(world: World, announcement: Announcement): string {
  const { id, subdomain } = world.account
  return formEncode({
    account: { subdomain, id, _links: { self: `https://${subdomain}.amocrm.ru` } },
    [announcement.key]: { [announcement.action]: [announcement.item()] },
  })
}
