import { Counter, Histogram, type Registry } from 'prom-client'

/** Seconds. amoCRM waits 2 s for the answer to a webhook. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 10]

/** What is told of requests that this process answered. */
export interface HttpEvents {
  /** `route`: as it is declared, never the address itself, which may hold secrets. */
  answered(event: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly ms: number
  }): void
}

/** The route of webhooks. */
const HOOKS = '/hooks/:secret'

/** Figures of the requests this process answered. */
export const httpMetrics = (registry: Registry): HttpEvents => {
  const registers = [registry]
  const requests = new Counter({
    ...{ name: 'amo_segments_http_requests_total', registers, labelNames: ['method', 'route', 'status'] },
    help: 'Requests answered, webhooks apart',
  })
  const seconds = new Histogram({
    ...{ name: 'amo_segments_http_request_seconds', registers, labelNames: ['route'], buckets: BUCKETS },
    help: 'How long answers took',
  })
  const hooks = new Counter({
    ...{ name: 'amo_segments_hooks_total', registers, labelNames: ['answer'] },
    help: 'Webhooks by the status they were answered with; 204: taken',
  })
  return {
    answered({ method, route, status, ms }) {
      if (route === HOOKS) hooks.inc({ answer: status })
      else requests.inc({ method, route, status })
      seconds.observe({ route }, ms / 1000)
    },
  }
}
