import { randomBytes } from 'node:crypto'
import { nowSeconds } from '../src/sync/account-context.ts'
import { accountFunnel } from '../src/sync/queries/movement/account-funnel.ts'
import { revenueOverTime } from '../src/sync/queries/movement/revenue.ts'
import { sourceReport } from '../src/sync/queries/movement/source-figures.ts'
import { surveyDeals } from '../src/sync/queries/movement/survey-deals.ts'
import { segmentMoves } from '../src/sync/queries/segment-moves.ts'
import { madeUpBase } from './made-up-base.ts'
import { fillMirror } from './mirror/fill-mirror.ts'
import { transitionsOf } from './mirror/made-up-moves.ts'
import { offlineAccount } from './mirror/offline-account.ts'
import { openBenchRedis } from './support/bench-redis.ts'
import { median, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'

const CLIENTS = 100_000
const DEALS = 3
const ROUNDS = 5
const YEAR = 366 * 86_400
const EVERY = { pipelineId: null, responsibleUserId: null, source: null }

/** The figures of the page "Movement" over a large base; the API throws if it is asked for anything. */
export const benchMovement = () =>
  inFolder(async (folder, closing) => {
    const redis = await openBenchRedis(folder, closing)
    const context = await offlineAccount(redis.client, randomBytes(32))
    const now = nowSeconds(context)
    await fillMirror(context, madeUpBase(CLIENTS, { deals: DEALS, now }))
    await transitionsOf(redis.client, context, CLIENTS)
    const period = { from: now - YEAR, to: now + 1 }
    const { deals } = await surveyDeals(context)
    const survey = await seconds(() => surveyDeals(context))
    const of = { step: 'month', of: 'buyer' } as const
    const revenue = await seconds(() =>
      revenueOverTime(deals, context.compiled.calendar, { ...period, ...EVERY, ...of }),
    )
    const funnel = await seconds(() => accountFunnel(context, deals, { ...EVERY, stuckDays: null, limit: 100 }))
    const sources = await seconds(() => sourceReport(deals, { ...period, ...EVERY }))
    const moves = await seconds(() => segmentMoves(context, { ...period, ...EVERY, dimension: 'lifecycle' }))
    showFigures(`movement: ${CLIENTS} clients, ${DEALS} deals each, median of ${ROUNDS}, no API call`, [
      { name: 'survey of all deals, now and then', value: survey, unit: 's' },
      { name: 'revenue of a year by month', value: revenue, unit: 's', target: { atMost: 1 } },
      { name: 'funnel with stuck deals', value: funnel, unit: 's', target: { atMost: 1 } },
      { name: 'sources of a year', value: sources, unit: 's', target: { atMost: 1 } },
      { name: `moves, ${CLIENTS} in the period`, value: moves, unit: 's', target: { atMost: 1 } },
    ])
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
