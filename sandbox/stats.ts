import type { Delivery } from './hooks/hook-sender.ts'

/** One request the sandbox got. */
export interface RequestRecord {
  /** Milliseconds of the limiter's clock at arrival. */
  readonly at: number
  /** Null where no account could be told: token requests, unknown tokens. */
  readonly accountId: number | null
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: string
  /** 0: not answered, so far or at all. */
  status: number
}

const MOST_KEPT = 200_000

/** What was asked of the sandbox and what it sent. The oldest records go when there are very many. */
export class Stats {
  readonly requests: RequestRecord[] = []
  readonly deliveries: Delivery[] = []
  hooksDelivered = 0
  hooksFailed = 0
  #watchers: { readonly test: () => boolean; readonly done: () => void }[] = []

  /**
   * Resolves as soon as the condition holds; it is looked at now, and after every answer and every try of a hook. For
   * tests, which wait for what happens and not for time.
   */
  async until(test: () => boolean): Promise<void> {
    if (!test()) await new Promise<void>((done) => this.#watchers.push({ test, done }))
  }

  noteRequest(record: RequestRecord): void {
    keep(this.requests, record)
  }

  noteAnswer(record: RequestRecord, status: number): void {
    record.status = status
    this.#look()
  }

  noteDelivery(delivery: Delivery): void {
    keep(this.deliveries, delivery)
    if (delivery.status >= 100 && delivery.status <= 299) this.hooksDelivered += 1
    else this.hooksFailed += 1
    this.#look()
  }

  #look(): void {
    const ready = this.#watchers.filter(({ test }) => test())
    this.#watchers = this.#watchers.filter((watcher) => !ready.includes(watcher))
    for (const { done } of ready) done()
  }

  /** How many requests there were, by method and a path in which ids are shown as `:id`. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { method, path } of this.requests) {
      const key = `${method} ${path.replaceAll(/\/\d+/g, '/:id')}`
      counts[key] = (counts[key] ?? 0) + 1
    }
    return counts
  }

  /** Requests that match all given parts; `path` matches as a prefix. */
  count(match: { readonly method?: string; readonly path?: string; readonly status?: number } = {}): number {
    return this.requests.filter(
      ({ method, path, status }) =>
        (match.method === undefined || match.method === method) &&
        (match.path === undefined || path.startsWith(match.path)) &&
        (match.status === undefined || match.status === status),
    ).length
  }

  /** The most requests of one account that arrived within any one second, refused ones included. */
  maxInAnySlidingSecond(accountId?: number): number {
    const arrivals = new Map<number, number[]>()
    for (const { accountId: id, at } of this.requests) {
      if (id === null || (accountId !== undefined && id !== accountId)) continue
      const times = arrivals.get(id)
      if (times === undefined) arrivals.set(id, [at])
      else times.push(at)
    }
    return Math.max(0, ...[...arrivals.values()].map(densestSecond))
  }

  clear(): void {
    this.requests.length = 0
    this.deliveries.length = 0
    this.hooksDelivered = 0
    this.hooksFailed = 0
  }
}

function densestSecond(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  let first = 0
  let most = 0
  sorted.forEach((at, last) => {
    while (at - (sorted[first] ?? at) >= 1000) first += 1
    most = Math.max(most, last - first + 1)
  })
  return most
}

function keep<T>(list: T[], item: T): void {
  list.push(item)
  if (list.length > MOST_KEPT) list.splice(0, MOST_KEPT / 2)
}
