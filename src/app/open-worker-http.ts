import type { FastifyInstance } from 'fastify'
import { buildWorkerServer } from '../http/worker-server.ts'
import { ownMetrics } from '../metrics/metrics-source.ts'
import type { AppContext } from './app-context.ts'

/** What a worker tells of itself over HTTP; it does not listen yet. */
export const openWorkerHttp = ({ config, log, metrics, connections }: AppContext): Promise<FastifyInstance> => {
  const redis = connections.impatient('health')
  const pingRedis = () => redis.ping()
  return buildWorkerServer({ config, logger: log, pingRedis, ...(metrics && { metrics: ownMetrics(metrics) }) })
}
