import type { Stats } from '../../sandbox/stats.ts'

/** What the platform was asked on behalf of one account. */
export interface Traffic {
  /** Requests by method and path, ids shown as `:id`. */
  readonly routes: Readonly<Record<string, number>>
  readonly requests: number
  /** Those for pages, cards and batches: all but the account's structure and the sweep for what no webhook told. */
  readonly work: number
  readonly writes: number
  /** Answered with 429. */
  readonly refused: number
  readonly mostInOneSecond: number
  /** From the first of the work to the last. */
  readonly seconds: number
}

const STRUCTURE = /\/(account|users|webhooks|leads\/pipelines|leads\/loss_reasons|\w+\/custom_fields)$/

const SWEEP = /filter%5Bupdated_at%5D/

export function trafficOf(stats: Stats, accountId: number): Traffic {
  const requests = stats.requests.filter((request) => request.accountId === accountId)
  const work = requests.filter(({ path, query }) => !STRUCTURE.test(path) && !SWEEP.test(query))
  const routes: Record<string, number> = {}
  for (const { method, path, query } of requests) {
    const kind = query.includes('filter%5Bid%5D') ? ' by ids' : SWEEP.test(query) ? ' changed since' : ''
    const route = `${method} ${path.replaceAll(/\/\d+/g, '/:id')}${kind}`
    routes[route] = (routes[route] ?? 0) + 1
  }
  return {
    routes,
    requests: requests.length,
    work: work.length,
    writes: work.filter(({ method }) => method !== 'GET').length,
    refused: requests.filter(({ status }) => status === 429).length,
    mostInOneSecond: stats.maxInAnySlidingSecond(accountId),
    seconds: ((work.at(-1)?.at ?? 0) - (work[0]?.at ?? 0)) / 1000,
  }
}
