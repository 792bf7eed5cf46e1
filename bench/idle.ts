import { quantile, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { backfilled, openStage } from './support/open-stage.ts'

const CLIENTS = 600
const CHANGES = 100
const RATE = 7
const LATENCY_MS = 150
const LIMIT_MS = 10_000

/** From a sale to the right tags on every card of the client, when nothing else is going on. */
export const benchIdle = () =>
  inFolder(async (folder, closing) => {
    const stage = await openStage(folder, closing, {
      ...{ clients: CLIENTS, latencyMs: LATENCY_MS, requestsPerSecond: RATE },
    })
    const { platform, accountIds } = stage
    const [accountId = 0] = accountIds
    const since = Date.now()
    await platform.install(accountId)
    await backfilled(stage, accountId, since, LIMIT_MS * 3)
    await platform.clearTraffic(null)
    const { latencies } = await platform.sell({ accountId, count: CHANGES, seconds: null, limitMs: LIMIT_MS })
    const { work, refused } = await platform.traffic(accountId)
    const times = latencies.map((latency) => latency ?? LIMIT_MS)
    showFigures(`idle: ${CHANGES} sales one after another, ${LATENCY_MS} ms a call`, [
      { name: 'sale to tags, p50', value: quantile(times, 0.5), unit: 'ms' },
      { name: 'sale to tags, p95', value: quantile(times, 0.95), unit: 'ms', target: { atMost: 1000 } },
      { name: 'sale to tags, longest', value: quantile(times, 1), unit: 'ms' },
      { name: 'requests a sale', value: work / CHANGES, unit: '' },
      { name: 'answers 429', value: refused, unit: '', target: { atMost: 0 } },
    ])
  })
