import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { AccountStore } from '../src/store/account-store.ts'
import { Keys } from '../src/store/keys.ts'
import { SecretBox } from '../src/store/secret-box.ts'
import type { BareCalls } from './receipt/bare-server.ts'
import { hookBody, ID_PLACE } from './receipt/hook-body.ts'
import type { LoadCalls, LoadResult } from './receipt/load-process.ts'
import { openBenchRedis } from './support/bench-redis.ts'
import { compileProduct } from './support/compiled-product.ts'
import { median, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'
import { startProduct } from './support/product-process.ts'
import { startChild } from './support/remote.ts'

const ACCOUNT_ID = 31_000_001
const CONNECTIONS = 50
const ROUNDS = 5
const SECONDS = 4
const WARM_UP_SECONDS = 2

interface Server {
  readonly name: string
  readonly url: string
  readonly cpuSeconds: () => number | Promise<number>
}

/** Of each round: requests a second, and microseconds of CPU a request cost the server and Redis. */
interface Measured {
  readonly rates: number[]
  readonly serverMicros: number[]
  readonly redisMicros: number[]
}

/**
 * Webhooks a second that the product's web part takes, beside a bare Fastify that parses the same body with the same
 * parser and makes one Redis write; measured in turns, since the machine's mood changes.
 */
export const benchReceipt = () =>
  inFolder(async (folder, closing) => {
    const main = await compileProduct(closing)
    const redis = await openBenchRedis(folder, closing)
    const encryptionKey = randomBytes(32)
    const accounts = new AccountStore(redis.client, new Keys(), new SecretBox([encryptionKey]))
    const secret = await accounts.hookSecret(ACCOUNT_ID)
    const kept = await redis.client.dumpBuffer(new Keys().hookSecrets)

    const product = await startProduct({
      ...{ main, part: 'web', folder, redisUrl: redis.url, encryptionKey },
      ...{ clientId: 'bench', clientSecret: 'bench', apiOrigin: 'http://127.0.0.1:9' },
    })
    closing.push('product', () => product.close())
    const servers: Server[] = [{ name: 'product', url: product.url, cpuSeconds: product.cpuSeconds }]
    for (const pipelined of [false, true]) {
      const bare = startChild<BareCalls>(import.meta.resolve('./receipt/bare-server.ts'))
      closing.push('bare server', () => bare.close())
      const url = await bare.calls.listen({ redisUrl: redis.url, pipelined })
      servers.push({ name: pipelined ? 'bare, pipelined' : 'bare', url, cpuSeconds: bare.calls.cpuSeconds })
    }
    const client = startChild<LoadCalls>(import.meta.resolve('./receipt/load-process.ts'))
    closing.push('load', () => client.close())
    const body = hookBody(ACCOUNT_ID)
    const load = async (url: string, seconds: number, rate: number | null = null): Promise<LoadResult> => {
      await emptied(redis.client, kept)
      const options = { body, place: ID_PLACE, connections: CONNECTIONS, seconds, rate }
      return client.calls.load({ url: `${url}/hooks/${secret}`, ...options })
    }

    const measured = new Map<string, Measured>(
      servers.map(({ name }) => [name, { rates: [], serverMicros: [], redisMicros: [] }]),
    )
    let failures = 0
    for (const { url } of servers) await load(url, WARM_UP_SECONDS)
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { name, url, cpuSeconds } of servers) {
        const before = [await cpuSeconds(), await redisCpuSeconds(redis.client)] as const
        const result = await load(url, SECONDS)
        const answered = result.perSecond * SECONDS
        const micros = (from: number, to: number) => ((to - from) / answered) * 1e6
        measured.get(name)?.rates.push(result.perSecond)
        measured.get(name)?.serverMicros.push(micros(before[0], await cpuSeconds()))
        measured.get(name)?.redisMicros.push(micros(before[1], await redisCpuSeconds(redis.client)))
        failures += result.failures
      }
    }
    const of = (name: string, what: keyof Measured) => median(measured.get(name)?.[what] ?? [])
    const rate = (name: string) => of(name, 'rates')
    const half = await load(product.url, SECONDS, rate('product') / 2)
    const bareUrl = servers.find(({ name }) => name === 'bare')?.url ?? ''
    const bareHalf = await load(bareUrl, SECONDS, rate('product') / 2)
    showFigures(`receipt: ${CONNECTIONS} connections, ${body.length} bytes, median of ${ROUNDS} × ${SECONDS} s`, [
      { name: 'bare Fastify, one write', value: rate('bare'), unit: 'requests/s' },
      { name: 'bare Fastify, writes pipelined', value: rate('bare, pipelined'), unit: 'requests/s' },
      { name: 'product', value: rate('product'), unit: 'requests/s' },
      { name: 'of bare', value: (100 * rate('product')) / rate('bare'), unit: '%', target: { atLeast: 60 } },
      { name: 'of bare, pipelined', value: (100 * rate('product')) / rate('bare, pipelined'), unit: '%' },
      ...servers.flatMap(({ name }) => [
        { name: `CPU of the server: ${name}`, value: of(name, 'serverMicros'), unit: 'µs/request' },
        { name: `CPU of Redis: ${name}`, value: of(name, 'redisMicros'), unit: 'µs/request' },
      ]),
      { name: 'p50 at half of its load', value: half.p50, unit: 'ms' },
      { name: 'p99 at half of its load', value: half.p99, unit: 'ms', target: { atMost: 50 } },
      { name: 'p99 of bare at the same load', value: bareHalf.p99, unit: 'ms' },
      { name: 'answers other than 204', value: failures + half.failures, unit: '', target: { atMost: 0 } },
    ])
  })

async function redisCpuSeconds(redis: Redis): Promise<number> {
  const info = await redis.info('cpu')
  const part = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1] ?? 0)
  return part('used_cpu_user') + part('used_cpu_sys')
}

/** The jobs of the round before make no round slower; the account stays. */
async function emptied(redis: Redis, kept: Buffer | null): Promise<void> {
  await redis.flushall()
  if (kept !== null) await redis.restore(new Keys().hookSecrets, 0, kept)
}
