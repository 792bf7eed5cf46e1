import { setTimeout as delay } from 'node:timers/promises'
import { quantile, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { backfilled, openStage } from './support/open-stage.ts'

const ACCOUNTS = 200
const CLIENTS = 20
const SALES = 4
const SECONDS = 10
const INSTALLED_AT_ONCE = 20
const RATE = 7
const LATENCY_MS = 150
const LIMIT_MS = 60_000

/** Many accounts on one process, all at work at once. */
export const benchAccounts = () =>
  inFolder(async (folder, closing) => {
    const stage = await openStage(folder, closing, {
      ...{ latencyMs: LATENCY_MS, requestsPerSecond: RATE, hookConcurrency: 100 },
      ...{ accounts: ACCOUNTS, clients: CLIENTS },
    })
    const { platform, accountIds, product } = stage
    const since = Date.now()
    for (let from = 0; from < ACCOUNTS; from += INSTALLED_AT_ONCE) {
      const some = accountIds.slice(from, from + INSTALLED_AT_ONCE)
      await Promise.all(some.map((accountId) => platform.install(accountId)))
      await Promise.all(some.map((accountId) => backfilled(stage, accountId, since, LIMIT_MS)))
    }
    const installed = (Date.now() - since) / 1000
    const before = { cpu: product.cpuSeconds(), at: performance.now() }
    const sold = await Promise.all(
      accountIds.map(async (accountId, index) => {
        // Accounts don't keep time with each other.
        await delay((index / ACCOUNTS) * (SECONDS / SALES) * 1000)
        return platform.sell({ accountId, count: SALES, seconds: SECONDS, limitMs: LIMIT_MS })
      }),
    )
    const cpu = product.cpuSeconds() - before.cpu
    const took = (performance.now() - before.at) / 1000
    const times = sold.flatMap(({ latencies }) => latencies.map((latency) => latency ?? LIMIT_MS))
    const traffic = await Promise.all(accountIds.map((accountId) => platform.traffic(accountId)))
    const refused = traffic.reduce((sum, { refused: count }) => sum + count, 0)
    showFigures(`accounts: ${ACCOUNTS} on one process, ${SALES} sales in each within ${SECONDS} s`, [
      { name: 'all installed and read within', value: installed, unit: 's' },
      { name: 'sale to tags, p50', value: quantile(times, 0.5), unit: 'ms' },
      { name: 'sale to tags, p95', value: quantile(times, 0.95), unit: 'ms', target: { atMost: 1000 } },
      { name: 'sale to tags, longest', value: quantile(times, 1), unit: 'ms' },
      { name: 'CPU of the product', value: (100 * cpu) / took, unit: '%' },
      { name: 'memory of the product', value: product.memory().now, unit: 'MB' },
      { name: 'answers 429', value: refused, unit: '', target: { atMost: 0 } },
    ])
  })
