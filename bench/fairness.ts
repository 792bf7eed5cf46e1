import { quantile, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { backfilled, openStage } from './support/open-stage.ts'

const NOISY_CLIENTS = 12_000
const NOISY_SALES = 4_000
const NOISY_SECONDS = 20
const QUIET_CLIENTS = 400
const SALES = 40
const RATE = 7
const LATENCY_MS = 150
const LIMIT_MS = 20_000
const BACKFILL_LIMIT_MS = 60_000

/** Sales in one account, alone, and while another account on the same worker is read whole and rushed with webhooks. */
export const benchFairness = () =>
  inFolder(async (folder, closing) => {
    const stage = await openStage(folder, closing, {
      ...{ latencyMs: LATENCY_MS, requestsPerSecond: RATE, hookConcurrency: 100 },
      accounts: [{ clients: NOISY_CLIENTS }, { clients: QUIET_CLIENTS }],
    })
    const { platform, accountIds } = stage
    const [noisy = 0, quiet = 0] = accountIds
    const since = Date.now()
    await platform.install(quiet)
    await backfilled(stage, quiet, since, BACKFILL_LIMIT_MS)
    await platform.pick({ accountId: noisy, count: NOISY_SALES })
    const sold = async (): Promise<number[]> => {
      const { latencies } = await platform.sell({ accountId: quiet, count: SALES, seconds: null, limitMs: LIMIT_MS })
      return latencies.map((latency) => latency ?? LIMIT_MS)
    }

    const alone = await sold()
    await platform.install(noisy)
    const rush = platform.rush({ accountId: noisy, seconds: NOISY_SECONDS })
    const beside = await sold()
    await rush
    const { refused } = await platform.traffic(quiet)
    const more = quantile(beside, 0.95) - quantile(alone, 0.95)
    showFigures(`fairness: ${SALES} sales beside a backfill of ${NOISY_CLIENTS} and a rush of ${NOISY_SALES}`, [
      { name: 'alone, p50', value: quantile(alone, 0.5), unit: 'ms' },
      { name: 'alone, p95', value: quantile(alone, 0.95), unit: 'ms' },
      { name: 'beside, p50', value: quantile(beside, 0.5), unit: 'ms' },
      { name: 'beside, p95', value: quantile(beside, 0.95), unit: 'ms' },
      { name: 'p95 beside, more than alone', value: more, unit: 'ms', target: { atMost: 1000 } },
      { name: 'answers 429 to the quiet account', value: refused, unit: '', target: { atMost: 0 } },
    ])
  })
