import type { AccessToken } from './access-token.ts'
import type { AccountHost } from './account-host.ts'
import { AmoError, type AmoErrorCode } from './amo-error.ts'
import type { AmoEvents } from './amo-events.ts'
import type { AmoHttp, Exchange, HttpRequest } from './amo-http.ts'
import { BatchTooHeavy, closedError, failedCall } from './failed-call.ts'
import { type Patience, pauseBefore, type Remedy, type Rule, restAskedFor, ruleFor } from './retry-table.ts'
import type { Rank, SlotGate } from './slot-gate.ts'

/** A request of the API, and what may be done with it. */
export interface AmoRequest extends Omit<HttpRequest, 'bearer'> {
  /** The path with ids replaced, for metrics: `/api/v4/leads/{id}`. */
  readonly route: string
  /** Entities it reads together; of a write they are counted. */
  readonly batch?: number
  /** A second time makes a second thing: never repeated once it may have been carried out. */
  readonly once?: boolean
  /** Refusals of these statuses are answers, not errors. */
  readonly accept?: readonly number[]
  /** Time-outs are thrown at once as `BatchTooHeavy`: the caller makes the batch smaller. */
  readonly canShrink?: boolean
  /** The plan may lack it: a 402 says nothing about the account. */
  readonly optional?: boolean
  /** Any success will do, its body is not looked at. */
  readonly ignoreAnswer?: boolean
}

export interface AmoAnswer {
  readonly status: number
  /** Undefined when there was no body: amoCRM's way of saying "nothing found" (204). */
  readonly json: unknown
  /** Milliseconds: when the request that was answered got its slot. */
  readonly sentAt: number
}

export interface AmoCallerOptions {
  readonly host: AccountHost
  readonly http: AmoHttp
  readonly gate: SlotGate
  readonly token: AccessToken
  readonly patience: Patience
  readonly events: AmoEvents
  readonly now: () => number
}

/** What has been tried for one call. */
interface Tries {
  bearer: string
  failures: number
  slowDowns: number
  closings: number
  renewed: boolean
  moved: boolean
}

interface Sending {
  readonly host: string
  readonly request: AmoRequest
  readonly bearer: string
}

interface Attempt {
  readonly request: AmoRequest
  readonly exchange: Exchange
  readonly sentAt: number
  /** Where it was sent. */
  readonly host: string
  /** Null: it succeeded. */
  readonly rule: Rule | null
}

/** Calls of one account: a slot, a token, one exchange, and what the retry table says about its end. */
export class AmoCaller {
  readonly #options: AmoCallerOptions

  constructor(options: AmoCallerOptions) {
    this.#options = options
  }

  /** Throws AmoError, see its codes. */
  async call(request: AmoRequest, priority: Rank | (() => Rank)): Promise<AmoAnswer> {
    const answer = await this.callAtSlot(() => request, priority)
    if (answer === null) throw new TypeError('a request was given, so there is an answer')
    return answer
  }

  /**
   * As `call`, but the request is made at the moment its slot is free: so it takes along all that gathered until
   * then. Null from `prepare` gives the slot back and is answered by null.
   */
  async callAtSlot(prepare: () => AmoRequest | null, priority: Rank | (() => Rank)): Promise<AmoAnswer | null> {
    const bearer = await this.#bearer((token) => token.current())
    const tries: Tries = { bearer, failures: 0, slowDowns: 0, closings: 0, renewed: false, moved: false }
    let again = prepare
    for (;;) {
      const attempt = await this.#attempt(again, priority, tries.bearer)
      if (attempt === null) return null
      const { request, exchange, sentAt, rule } = attempt
      if (rule === null) return answerOf(exchange, sentAt)
      if (rule.remedy === 'smaller' && request.canShrink) throw new BatchTooHeavy(failedCall(request, exchange, rule))
      if (!(await this.#remedied(attempt, rule, tries))) throw failedCall(request, exchange, rule)
      again = () => request
    }
  }

  async #attempt(
    prepare: () => AmoRequest | null,
    priority: Rank | (() => Rank),
    bearer: string,
  ): Promise<Attempt | null> {
    const { gate, events } = this.#options
    const askedAt = performance.now()
    const slot = await gate.acquire(priority)
    if (slot.type === 'closed') throw closedError(slot.ms)
    events.slotGranted?.({ rank: rankNow(priority), ms: performance.now() - askedAt })
    const sentAt = this.#options.now()
    let sent = false
    try {
      const request = prepare()
      if (request === null) return null
      const host = this.#options.host.current
      const exchange = await this.#exchange({ host, request, bearer }, () => {
        sent = true
        slot.sent()
      })
      const rule = ruleOf(request, exchange)
      if (rule === null) slot.succeeded(`${request.method} ${request.route}`)
      return { request, exchange, sentAt, host, rule }
    } finally {
      if (!sent) slot.unused()
      slot.done()
    }
  }

  async #exchange({ host, request, bearer }: Sending, onSent: () => void): Promise<Exchange> {
    const { http, events, now } = this.#options
    const { method, route: path } = request
    const about = { method, path, batch: batchOf(request) }
    const startedAt = now()
    const send = () => http.exchange(host, { ...request, bearer }, onSent)
    const exchange = await (events.around?.(about, send) ?? send())
    const status = exchange.type === 'answer' ? exchange.status : null
    events.requestDone?.({ ...about, status, ms: now() - startedAt })
    return exchange
  }

  /** Does what the table says; answers whether another attempt makes sense, or throws when it says more than the table. */
  async #remedied({ request, exchange, host }: Attempt, rule: Rule, tries: Tries): Promise<boolean> {
    const { patience, gate, now } = this.#options
    switch (remedyFor(request, rule)) {
      case 'repeat':
        if (++tries.failures >= patience.attempts) return isUnreachable(exchange) && this.#elsewhere(host, tries)
        await pause(pauseBefore(tries.failures, patience))
        return true
      case 'slow_down':
        await gate.slowDown(Math.min(patience.longestRest, restAskedFor(exchange, now())))
        return ++tries.slowDowns < patience.slowDownAttempts
      case 'new_token':
        return this.#withNewToken(host, tries)
      case 'seek':
        return this.#elsewhere(host, tries)
      case 'close': {
        const closedFor = await gate.close({ firstMs: patience.firstClosing, longestMs: patience.longestClosing })
        this.#blocked(rule.code, now() + closedFor)
        const isWaitedOut = closedFor <= patience.longestClosedWait && ++tries.closings < patience.closings
        if (isWaitedOut) return true
        throw failedCall(request, exchange, rule, closedFor)
      }
      case 'give_up':
        if (rule.code === 'payment_required' && !request.optional) this.#blocked(rule.code, null)
        return false
    }
  }

  /** Once a call: whether the account is somewhere else by now, where it begins anew. */
  async #elsewhere(host: string, tries: Tries): Promise<boolean> {
    if (tries.moved || !(await this.#options.host.hasLeft(host))) return false
    Object.assign(tries, { moved: true, failures: 0, renewed: false })
    return true
  }

  async #withNewToken(host: string, tries: Tries): Promise<boolean> {
    if (tries.renewed) {
      // The address may be somebody else's by now.
      if (await this.#elsewhere(host, tries)) return true
      this.#blocked('unauthorized', null)
      return false
    }
    tries.renewed = true
    tries.bearer = await this.#bearer((token) => token.insteadOf(tries.bearer))
    return true
  }

  async #bearer(ask: (token: AccessToken) => Promise<string>): Promise<string> {
    try {
      return await ask(this.#options.token)
    } catch (error) {
      if (error instanceof AmoError && error.code === 'unauthorized') this.#blocked(error.code, null)
      throw error
    }
  }

  #blocked(code: AmoErrorCode, until: number | null): void {
    this.#options.events.blocked?.({ code, until })
  }
}

function rankNow(priority: Rank | (() => Rank)): Rank {
  return typeof priority === 'function' ? priority() : priority
}

/** Writes send their entities as a list. */
function batchOf({ batch, body }: AmoRequest): number | undefined {
  return batch ?? (Array.isArray(body) ? body.length : undefined)
}

function answerOf(exchange: Exchange, sentAt: number): AmoAnswer {
  if (exchange.type !== 'answer') throw new TypeError('only an answer succeeds')
  return { status: exchange.status, json: exchange.json, sentAt }
}

/** What the table says of an answer; null also for a refusal that the caller takes for an answer. */
function ruleOf({ accept, ignoreAnswer }: AmoRequest, exchange: Exchange): Rule | null {
  const rule = ruleFor(exchange, !ignoreAnswer)
  const isRefusal = rule?.remedy === 'give_up' && exchange.type === 'answer'
  return isRefusal && accept?.includes(exchange.status) ? null : rule
}

type Step = Exclude<Remedy, 'repeat_always' | 'smaller'>

function remedyFor(request: AmoRequest, { remedy }: Rule): Step {
  if (remedy === 'repeat_always') return 'repeat'
  if (remedy === 'smaller' || remedy === 'repeat') return request.once ? 'give_up' : 'repeat'
  return remedy
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function isUnreachable(exchange: Exchange): boolean {
  return exchange.type === 'failure' && exchange.kind === 'unsent'
}
