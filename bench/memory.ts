import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { pino } from 'pino'
import type { ClosingStack } from '../src/closing-stack.ts'
import { Keys } from '../src/store/keys.ts'
import { SecretBox } from '../src/store/secret-box.ts'
import { TokenVault } from '../src/store/token-vault.ts'
import { nowSeconds } from '../src/sync/account-context.ts'
import { AccountQueues } from '../src/sync/account-queues.ts'
import { REDECIDE_DEDUPLICATION, redecideJob } from '../src/sync/job-catalog.ts'
import { BENCH_ACCOUNT, madeUpBase } from './made-up-base.ts'
import { fillMirror } from './mirror/fill-mirror.ts'
import { offlineAccount } from './mirror/offline-account.ts'
import type { PlatformCalls } from './platform/sandbox-process.ts'
import { type BenchRedis, openBenchRedis } from './support/bench-redis.ts'
import { compileProduct } from './support/compiled-product.ts'
import { type Figure, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { type ProductProcess, startProduct } from './support/product-process.ts'
import { startChild } from './support/remote.ts'

const CLIENTS = 100_000
const DEALS = 3
/** Of all accounts together amoCRM makes hundreds of deals between two of one account. */
const DEAL_STEP = 337
const MOST_BYTES = 1.2 * 1024
const MOST_MEGABYTES = 200
const AT_REST_MS = 5_000
const REDECIDE_LIMIT_MS = 120_000
const POLL_MS = 100

/** What a large mirror takes in Redis, and the service beside it: at rest, and deciding every client anew. */
export const benchMemory = () =>
  inFolder(async (folder, closing) => {
    const redis = await openBenchRedis(folder, closing)
    const encryptionKey = randomBytes(32)
    const context = await offlineAccount(redis.client, encryptionKey)
    const before = await usedBytes(redis.client)
    await fillMirror(context, madeUpBase(CLIENTS, { deals: DEALS, dealStep: DEAL_STEP, now: nowSeconds(context) }))
    const bytes = ((await usedBytes(redis.client)) - before) / CLIENTS
    const kinds = await bytesByKind(redis.client)

    const product = await serviceFor(redis, encryptionKey, folder, closing)
    await delay(AT_REST_MS)
    const rest = product.memory().now
    const seconds = await redecided(redis, closing)
    showFigures(`memory: ${CLIENTS} clients, ${DEALS} deals each`, [
      { name: 'Redis per client', value: bytes, unit: 'bytes', target: { atMost: MOST_BYTES } },
      ...kinds,
      { name: 'service at rest', value: rest, unit: 'MB', target: { atMost: MOST_MEGABYTES } },
      {
        name: 'service, all decided anew',
        value: product.memory().peak,
        unit: 'MB',
        target: { atMost: MOST_MEGABYTES },
      },
      { name: 'all decided anew within', value: seconds, unit: 's' },
    ])
  })

async function serviceFor(
  redis: BenchRedis,
  encryptionKey: Buffer,
  folder: string,
  closing: ClosingStack,
): Promise<ProductProcess> {
  const child = startChild<PlatformCalls>(import.meta.resolve('./platform/sandbox-process.ts'))
  closing.push('platform', () => child.close())
  const { url, clientId, clientSecret } = await child.calls.open({ accounts: [{ id: BENCH_ACCOUNT.id }] })
  const vault = new TokenVault(redis.client, new Keys(), new SecretBox([encryptionKey]))
  await vault.writeTokens(BENCH_ACCOUNT.id, await child.calls.tokens(BENCH_ACCOUNT.id))
  const product = await startProduct({
    ...{ main: await compileProduct(closing), part: 'serve', folder, redisUrl: redis.url, encryptionKey },
    ...{ clientId, clientSecret, apiOrigin: url },
  })
  closing.push('product', () => product.close())
  return product
}

/** Seconds in which the service decides every client anew. */
async function redecided({ client }: BenchRedis, closing: ClosingStack): Promise<number> {
  const queues = new AccountQueues(client, new Keys(), pino({ level: 'silent' }))
  closing.push('queues', () => queues.close())
  const begin = performance.now()
  await queues.add(BENCH_ACCOUNT.id, [redecideJob('benchmark', 'leave')])
  while ((await queues.of(BENCH_ACCOUNT.id).getDeduplicationJobId(REDECIDE_DEDUPLICATION)) !== null) {
    if (performance.now() - begin > REDECIDE_LIMIT_MS) throw new Error('the service does not end deciding')
    await delay(POLL_MS)
  }
  return (performance.now() - begin) / 1000
}

async function usedBytes(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1] ?? 0)
}

/** What the keys of each kind take, per client; small ones left out. */
async function bytesByKind(redis: Redis): Promise<Figure[]> {
  const kinds = new Map<string, number>()
  for await (const keys of redis.scanStream({ count: 1000 }) as AsyncIterable<string[]>) {
    const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key, 'SAMPLES', 0)))
    keys.forEach((key, index) => {
      const [kind = key] = key.split('}:')[1]?.split(':') ?? []
      kinds.set(kind, (kinds.get(kind) ?? 0) + Number(sizes[index] ?? 0))
    })
  }
  return [...kinds]
    .filter(([, bytes]) => bytes > CLIENTS)
    .map(([kind, bytes]) => ({ name: `  of it ${KINDS[kind] ?? kind}`, value: bytes / CLIENTS, unit: 'bytes' }))
}

const KINDS: Readonly<Record<string, string>> = {
  c: 'documents',
  d: 'deal → client',
  s: 'members of segments',
  due: 'when each is due',
}
