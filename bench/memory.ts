import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { nowSeconds } from '../src/sync/account-context.ts'
import { madeUpBase } from './made-up-base.ts'
import { fillMirror } from './mirror/fill-mirror.ts'
import { offlineAccount } from './mirror/offline-account.ts'
import { openBenchRedis } from './support/bench-redis.ts'
import { type Figure, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'

const CLIENTS = 100_000
const DEALS = 3
/** Of all accounts together amoCRM makes hundreds of deals between two of one account. */
const REAL_STEP = 337
const BYTES = 1.2 * 1024

export const benchMemory = () =>
  inFolder(async (folder, closing) => {
    const redis = await openBenchRedis(folder, closing)
    const figures: Figure[] = []
    for (const dealStep of [1, REAL_STEP]) {
      await redis.client.flushall()
      const context = await offlineAccount(redis.client, randomBytes(32))
      const before = await usedBytes(redis.client)
      await fillMirror(context, madeUpBase(CLIENTS, { deals: DEALS, dealStep, now: nowSeconds(context) }))
      const bytes = ((await usedBytes(redis.client)) - before) / CLIENTS
      figures.push({
        name: `Redis per client, deal ids ${dealStep} apart`,
        value: bytes,
        unit: 'bytes',
        target: { atMost: BYTES },
      })
      figures.push(...(await parts(redis.client)))
    }
    showFigures(`memory: ${CLIENTS} clients, ${DEALS} deals each`, figures)
  })

async function usedBytes(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1] ?? 0)
}

/** What the keys of each kind take, per client. */
async function parts(redis: Redis): Promise<Figure[]> {
  const kinds = new Map<string, { bytes: number; keys: number }>()
  for await (const keys of redis.scanStream({ count: 1000 }) as AsyncIterable<string[]>) {
    const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key, 'SAMPLES', 0)))
    keys.forEach((key, index) => {
      const kind = key.split('}:')[1]?.replace(/\d+$/, '') ?? key
      const { bytes, keys: count } = kinds.get(kind) ?? { bytes: 0, keys: 0 }
      kinds.set(kind, { bytes: bytes + Number(sizes[index] ?? 0), keys: count + 1 })
    })
  }
  return [...kinds]
    .filter(([, { bytes }]) => bytes > CLIENTS)
    .map(([kind, { bytes, keys }]) => ({ name: `  ${kind} (${keys} keys)`, value: bytes / CLIENTS, unit: 'bytes' }))
}
