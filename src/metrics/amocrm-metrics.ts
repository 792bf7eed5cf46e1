import { Counter, Histogram, type Registry } from 'prom-client'
import type { AmoEvents } from '../amocrm/amo-events.ts'

/** Seconds. The fastest answers take some 50 ms; a call is given up after 20 s. */
const REQUEST_BUCKETS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]
/** Seconds. A slot is free at once, within a second, or when a burst before it is done. */
const WAIT_BUCKETS = [0.01, 0.1, 0.5, 1, 2, 5, 15, 60]
/** amoCRM takes 250 at most. */
const BATCH_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 150, 200, 250]

/** Figures of this process's traffic with amoCRM, over all accounts. Addresses are told with ids replaced. */
export const amocrmMetrics = (registry: Registry): AmoEvents => {
  const registers = [registry]
  const requests = new Counter({
    ...{ name: 'amo_segments_api_requests_total', registers, labelNames: ['method', 'path', 'status'] },
    help: 'Requests to amoCRM by answer; status "none": there was no answer',
  })
  const seconds = new Histogram({
    ...{
      name: 'amo_segments_api_request_seconds',
      registers,
      labelNames: ['method', 'path'],
      buckets: REQUEST_BUCKETS,
    },
    help: 'How long amoCRM took to answer',
  })
  const batches = new Histogram({
    ...{ name: 'amo_segments_api_batch_entities', registers, labelNames: ['method'], buckets: BATCH_BUCKETS },
    help: 'Cards that went together in one reading or one write',
  })
  const waits = new Histogram({
    ...{ name: 'amo_segments_limiter_wait_seconds', registers, labelNames: ['priority'], buckets: WAIT_BUCKETS },
    help: 'How long requests waited for leave to be sent',
  })
  const blocked = new Counter({
    ...{ name: 'amo_segments_api_blocked_total', registers, labelNames: ['code'] },
    help: 'Refusals that concern a whole account, by their code',
  })
  const refreshes = new Counter({
    ...{ name: 'amo_segments_token_refreshes_total', registers },
    help: 'Pairs of tokens that were renewed',
  })
  return {
    requestDone({ method, path, status, ms, batch }) {
      requests.inc({ method, path, status: status ?? 'none' })
      seconds.observe({ method, path }, ms / 1000)
      if (batch !== undefined) batches.observe({ method }, batch)
    },
    slotGranted: ({ rank, ms }) => waits.observe({ priority: rank === 'partial' ? 'backfill' : rank }, ms / 1000),
    blocked: ({ code }) => blocked.inc({ code }),
    refreshed: () => refreshes.inc(),
  }
}
