import { quantile, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { backfilled, openStage } from './support/open-stage.ts'

const CLIENTS = 3_000
const RATE = 7
const LATENCY_MS = 150
/** Until the first is due: the backfill has to be done by then. */
const AHEAD_S = 45
const SECONDS = 60
const LIMIT_MS = 90_000

/** Clients whose second comes one after another, without any event: how late their cards say so. */
export const benchDue = () =>
  inFolder(async (folder, closing) => {
    const stage = await openStage(folder, closing, { latencyMs: LATENCY_MS, requestsPerSecond: RATE })
    const { platform, accountIds } = stage
    const [accountId = 0] = accountIds
    const since = Date.now()
    const from = Math.floor(since / 1000) + AHEAD_S
    await platform.enterSleepers({ accountId, count: CLIENTS, from, seconds: SECONDS })
    await platform.install(accountId)
    await backfilled(stage, accountId, since, AHEAD_S * 1000)
    await platform.clearTraffic(null)
    const lateness = await platform.latenessOf({ accountId, limitMs: LIMIT_MS })
    const { work, refused } = await platform.traffic(accountId)
    const seconds = lateness.map((ms) => (ms ?? LIMIT_MS) / 1000)
    const earliest = Math.min(...seconds)
    showFigures(`due: ${CLIENTS} clients fall asleep within ${SECONDS} s`, [
      { name: 'earliest', value: earliest, unit: 's', target: { atLeast: 0 } },
      { name: 'p50', value: quantile(seconds, 0.5), unit: 's' },
      { name: 'p99', value: quantile(seconds, 0.99), unit: 's', target: { atMost: 60 } },
      { name: 'latest', value: quantile(seconds, 1), unit: 's' },
      { name: 'requests', value: work, unit: '' },
      { name: 'answers 429', value: refused, unit: '', target: { atMost: 0 } },
    ])
  })
