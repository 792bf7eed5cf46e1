import { randomBytes } from 'node:crypto'
import { ClientLists } from '../src/store/client-lists.ts'
import { ClientRows } from '../src/store/client-rows.ts'
import { Keys } from '../src/store/keys.ts'
import { nowSeconds } from '../src/sync/account-context.ts'
import { activeBase } from '../src/sync/queries/active-base.ts'
import { chosenClients, EVERY_CLIENT, type ListQuery } from '../src/sync/queries/client-list.ts'
import { clientTables } from '../src/sync/queries/client-tables.ts'
import { comingSleepers } from '../src/sync/queries/coming-sleepers.ts'
import { madeUpBase } from './made-up-base.ts'
import { fillMirror } from './mirror/fill-mirror.ts'
import { offlineAccount } from './mirror/offline-account.ts'
import { openBenchRedis } from './support/bench-redis.ts'
import { median, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'

const CLIENTS = 100_000
const DEALS = 3
const ROUNDS = 5
const QUARTER_S = 90 * 86_400

/** The figures of the pages "Overview" and "Clients" over a large base; the API throws if it is asked for anything. */
export const benchLists = () =>
  inFolder(async (folder, closing) => {
    const redis = await openBenchRedis(folder, closing)
    const context = await offlineAccount(redis.client, randomBytes(32))
    const now = nowSeconds(context)
    await fillMirror(context, madeUpBase(CLIENTS, { deals: DEALS, now }))
    const keys = new Keys()
    const rows = new ClientRows(redis.client, keys)
    const lists = new ClientLists(redis.client, keys)
    const cold = await seconds(() => clientTables(rows).clients.of(context.id))
    const office = { lists, ...clientTables(rows) }
    const table = await office.clients.of(context.id)
    const { calendar } = context.compiled
    const list = (query: Partial<ListQuery>) => () => chosenClients(context, office, { ...EVERY_CLIENT, ...query })
    const figures = {
      'rows of all clients, after a change': cold,
      'active base by manager': await seconds(() => activeBase(table, now - QUARTER_S)),
      'who falls asleep within 7 and 30 days': await seconds(() => comingSleepers(table, calendar, now, [7, 30])),
      'all by what they bought for': await seconds(list({ sort: 'ltv' })),
      'those of a segment by the last purchase': await seconds(
        list({ sort: 'last_purchase', members: { dimension: 'lifecycle', segment: 'sleeping' } }),
      ),
      'search by name': await seconds(list({ search: 'анна' })),
    }
    showFigures(
      `lists: ${CLIENTS} clients, ${DEALS} deals each, median of ${ROUNDS}, no API call`,
      Object.entries(figures).map(([name, value]) => ({ name, value, unit: 's', target: { atMost: 1 } })),
    )
  })

const seconds = async (work: () => unknown): Promise<number> => {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now()
    await work()
    times.push((performance.now() - begin) / 1000)
  }
  return median(times)
}
