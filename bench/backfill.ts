import { pino } from 'pino'
import { Keys } from '../src/store/keys.ts'
import { AccountQueues } from '../src/sync/account-queues.ts'
import { backfillJob } from '../src/sync/job-catalog.ts'
import { showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { backfilled, openStage } from './support/open-stage.ts'

const CLIENTS = 23_570
const DEALS = 69_659
const RATE = 7
const LATENCY_MS = 150
const LIMIT_MS = 200_000
const OVERHEAD = 1.15
/** Deals, contact, its fields, the write: what one client costs without batches. */
const NAIVE_REQUESTS = 3

/** The first reading of a base of real size, and a second one over what the first left. */
export const benchBackfill = () =>
  inFolder(async (folder, closing) => {
    const options = { clients: CLIENTS, deals: DEALS, latencyMs: LATENCY_MS, requestsPerSecond: RATE }
    const stage = await openStage(folder, closing, options)
    const { platform, accountIds, redis, product } = stage
    const [accountId = 0] = accountIds
    await platform.remember(accountId)
    const since = Date.now()
    await platform.install(accountId)
    const { startedAt, finishedAt } = await backfilled(stage, accountId, since, LIMIT_MS)
    const first = await platform.traffic(accountId)
    const { pages, more, writes } = await platform.least(accountId)
    const wrong = await platform.wrong(accountId)
    const least = pages + more + writes
    const seconds = ((finishedAt ?? 0) - startedAt) / 1000
    showFigures(`backfill: ${CLIENTS} clients, ${DEALS} deals, ${RATE} requests/s, ${LATENCY_MS} ms`, [
      { name: 'least requests: pages of deals and contacts', value: pages, unit: '' },
      { name: 'least requests: messages, calls, companies', value: more, unit: '' },
      { name: 'least requests: batches of changed cards', value: writes, unit: '' },
      { name: 'requests', value: first.work, unit: '', target: { atMost: Math.floor(least * OVERHEAD) } },
      { name: `one by one (${NAIVE_REQUESTS} a client) it would be`, value: CLIENTS * NAIVE_REQUESTS, unit: '' },
      { name: 'least time', value: least / RATE, unit: 's' },
      { name: 'time', value: seconds, unit: 's', target: { atMost: Math.min(90, (least / RATE) * OVERHEAD) } },
      { name: 'most requests in any second', value: first.mostInOneSecond, unit: '', target: { atMost: RATE } },
      { name: 'answers 429', value: first.refused, unit: '', target: { atMost: 0 } },
      { name: 'clients not as they should be', value: wrong, unit: '', target: { atMost: 0 } },
      { name: 'CPU of the product', value: product.cpuSeconds(), unit: 's' },
      { name: 'most memory of the product', value: product.memory().peak, unit: 'MB', target: { atMost: 200 } },
    ])
    console.log(first.routes)

    const queues = new AccountQueues(redis.client, new Keys(), pino({ level: 'silent' }))
    closing.push('queues', () => queues.close())
    await platform.clearTraffic(null)
    const again = Date.now()
    await queues.add(accountId, [backfillJob('bench-again')])
    await backfilled(stage, accountId, again, LIMIT_MS)
    const second = await platform.traffic(accountId)
    showFigures('backfill over the unchanged base', [
      { name: 'writes', value: second.writes, unit: '', target: { atMost: 0 } },
      { name: 'requests', value: second.work, unit: '', target: { atMost: Math.floor((pages + more) * OVERHEAD) } },
      { name: 'most requests in any second', value: second.mostInOneSecond, unit: '', target: { atMost: RATE } },
      { name: 'answers 429', value: second.refused, unit: '', target: { atMost: 0 } },
    ])
  })
