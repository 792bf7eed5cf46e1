import { quantile, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { backfilled, openStage } from './support/open-stage.ts'

const CLIENTS = 8_000
const SALES = 5_000
const SECONDS = 10
const RATE = 7
const LATENCY_MS = 150
const LIMIT_MS = 90_000

/** Sales to thousands of clients within seconds, as an import or a mass change in the interface makes them. */
export const benchBurst = () =>
  inFolder(async (folder, closing) => {
    const stage = await openStage(folder, closing, {
      ...{ clients: CLIENTS, latencyMs: LATENCY_MS, requestsPerSecond: RATE },
    })
    const { platform, accountIds, product } = stage
    const [accountId = 0] = accountIds
    const since = Date.now()
    await platform.install(accountId)
    await backfilled(stage, accountId, since, LIMIT_MS)
    await platform.settled(null)
    await platform.clearTraffic(null)
    const cpuBefore = product.cpuSeconds()
    const { latencies, seconds } = await platform.sell({ accountId, count: SALES, seconds: SECONDS, limitMs: LIMIT_MS })
    const { work, refused, mostInOneSecond, routes } = await platform.traffic(accountId)
    const { delivered } = await platform.hooks(null)
    const times = latencies.map((latency) => latency ?? LIMIT_MS)
    const late = latencies.filter((latency) => latency === null).length
    showFigures(`burst: ${SALES} sales to ${SALES} clients within ${SECONDS} s, ${RATE} requests/s, ${LATENCY_MS} ms`, [
      { name: 'clients right', value: (SALES - late) / seconds, unit: '/s', target: { atLeast: 200 } },
      { name: 'all right after', value: seconds, unit: 's' },
      { name: 'sale to tags, p50', value: quantile(times, 0.5), unit: 'ms' },
      { name: 'sale to tags, p95', value: quantile(times, 0.95), unit: 'ms' },
      { name: 'clients not right in time', value: late, unit: '', target: { atMost: 0 } },
      { name: 'webhooks', value: delivered, unit: '' },
      { name: 'requests', value: work, unit: '' },
      { name: 'most requests in any second', value: mostInOneSecond, unit: '', target: { atMost: RATE } },
      { name: 'answers 429', value: refused, unit: '', target: { atMost: 0 } },
      { name: 'CPU of the product', value: product.cpuSeconds() - cpuBefore, unit: 's' },
    ])
    console.log(routes)
  })
