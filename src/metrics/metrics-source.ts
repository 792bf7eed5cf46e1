import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { accountFigures, type FiguresOffice } from '../sync/queries/account-figures.ts'
import { accountMetrics } from './account-metrics.ts'
import type { ProgramMetrics } from './program-metrics.ts'
import { redisMetrics } from './redis-metrics.ts'

/** Where `/metrics` gets its text. */
export interface MetricsSource {
  readonly contentType: string
  scrape(): Promise<string>
}

/** Of a process that only works: what it counted itself. */
export const ownMetrics = (program: ProgramMetrics): MetricsSource => ({
  contentType: program.contentType,
  scrape: () => program.text(),
})

/**
 * The same, and how accounts and Redis are, read from Redis at each scrape; scrapes that meet share one reading. While
 * Redis is away the process still tells of itself. `office` null: no account can be served yet.
 */
export const sharedMetrics = (program: ProgramMetrics, office: FiguresOffice | null, log: Logger): MetricsSource => {
  let reading: Promise<Registry[]> | null = null
  const read = (): Promise<Registry[]> => {
    if (office === null) return Promise.resolve([])
    reading ??= readShared(office, log).finally(() => {
      reading = null
    })
    return reading
  }
  return { contentType: program.contentType, scrape: async () => program.text(await read()) }
}

const readShared = async (office: FiguresOffice, log: Logger): Promise<Registry[]> => {
  const redis = await redisMetrics(office.redis)
  try {
    const records = await office.accounts.list()
    return [redis, accountMetrics(await Promise.all(records.map((record) => accountFigures(office, record))))]
  } catch (error) {
    log.warn({ err: error }, 'the figures of the accounts could not be read')
    return [redis]
  }
}
