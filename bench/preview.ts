import { randomBytes } from 'node:crypto'
import { policySchema } from '../src/segmentation/policy.ts'
import { nowSeconds } from '../src/sync/account-context.ts'
import { preview } from '../src/sync/preview.ts'
import { purchaseSample } from '../src/sync/queries/purchase-sample.ts'
import { madeUpBase } from './made-up-base.ts'
import { fillMirror } from './mirror/fill-mirror.ts'
import { offlineAccount } from './mirror/offline-account.ts'
import { openBenchRedis } from './support/bench-redis.ts'
import { median, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { TWENTY_RULES } from './twenty-rules.ts'

const CLIENTS = 100_000
const DEALS = 3
const ROUNDS = 5

/** What another policy would change in a large base; the API throws if it is asked for anything. */
export const benchPreview = () =>
  inFolder(async (folder, closing) => {
    const redis = await openBenchRedis(folder, closing)
    const context = await offlineAccount(redis.client, randomBytes(32))
    await fillMirror(context, madeUpBase(CLIENTS, { deals: DEALS, now: nowSeconds(context) }))
    const sooner = policySchema.parse({ ...context.policy, sleeping: { mode: 'fixed', days: 60 } })
    const ruled = policySchema.parse({ ...sooner, rules: TWENTY_RULES })
    const seconds = async (policy: typeof sooner) => {
      const times: number[] = []
      const cpu: number[] = []
      let clients = 0
      for (let round = 0; round < ROUNDS; round += 1) {
        const begin = performance.now()
        const cpuBegin = process.cpuUsage()
        clients = (await preview(context, policy, { requestsPerSecond: 7 })).cost.clients
        times.push((performance.now() - begin) / 1000)
        const { user, system } = process.cpuUsage(cpuBegin)
        cpu.push((user + system) / 1e6)
      }
      return { time: median(times), cpu: median(cpu), clients }
    }
    const bySample: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = performance.now()
      await purchaseSample(context, sooner)
      bySample.push((performance.now() - begin) / 1000)
    }
    const [plain, withRules] = [await seconds(sooner), await seconds(ruled)]
    showFigures(`preview: ${CLIENTS} clients, ${DEALS} deals each, median of ${ROUNDS}, no API call`, [
      { name: 'another threshold', value: plain.time, unit: 's', target: { atMost: 5 } },
      { name: 'CPU of it', value: plain.cpu, unit: 's' },
      { name: 'clients it would write', value: plain.clients, unit: '' },
      { name: 'which deals count as purchases', value: median(bySample), unit: 's', target: { atMost: 5 } },
      { name: 'and 20 custom rules', value: withRules.time, unit: 's', target: { atMost: 5 } },
      { name: 'CPU of it', value: withRules.cpu, unit: 's' },
      { name: 'clients it would write', value: withRules.clients, unit: '' },
    ])
  })
