import type { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import { accountMetrics } from '../../../src/metrics/account-metrics.ts'
import { ProgramMetrics } from '../../../src/metrics/program-metrics.ts'
import { redisMetrics } from '../../../src/metrics/redis-metrics.ts'
import type { AccountFigures } from '../../../src/sync/queries/account-figures.ts'

/** Figures of which every one is told. */
export const SOME_FIGURES: AccountFigures = {
  ...{ id: 5, isActive: true, isSubscribed: true, isReading: false, segments: [], unread: 1, due: 2, lag: 3, jobs: 4 },
  ...{
    failedJobs: 5,
    intents: 6,
    repairs: 7,
    setAside: 12,
    hookAge: 8,
    sweptAge: 9,
    tokenAge: 10,
    refreshTokenLeft: 11,
  },
}

const TELLING_REDIS = { ping: async () => 'PONG', info: async () => 'used_memory:1\r\nmaxmemory:2\r\n' }

export interface ExportedMetric {
  readonly name: string
  readonly labels: readonly string[]
}

/** Every metric that `/metrics` of any process can tell, sorted by name. */
export const allMetrics = async (): Promise<ExportedMetric[]> => {
  const shared = [await redisMetrics(TELLING_REDIS as unknown as Redis), accountMetrics([SOME_FIGURES])]
  const text = await new ProgramMetrics().text(shared)
  const labelsOf = new Map(
    Registry.merge(shared)
      .getMetricsAsArray()
      .map((metric) => [metric.name, metric]),
  )
  const names = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name)
  return [...new Set(names)].toSorted().map((name) => ({ name, labels: labelsIn(labelsOf.get(name)) }))
}

const labelsIn = (metric: unknown): string[] =>
  typeof metric === 'object' && metric !== null && 'labelNames' in metric ? (metric.labelNames as string[]) : []
