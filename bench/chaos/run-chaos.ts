import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createSandbox } from '../../sandbox/create-sandbox.ts'
import { Random } from '../../sandbox/generate/random.ts'
import type { ClosingStack } from '../../src/closing-stack.ts'
import { loopbackPort } from '../../src/redis-ladder/loopback-port.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { type Aftermath, aftermath } from './aftermath.ts'
import type { ChaosOptions } from './chaos-options.ts'
import { chaosPolicy } from './chaos-policy.ts'
import { letCrowdAct } from './crowd.ts'
import { type Observer, openObserver } from './observer.ts'
import { PowerCuts } from './power-cuts.ts'
import { redisProcess } from './redis-process.ts'
import { SegmentHistory } from './segment-history.ts'
import { ready, serviceParts } from './service-parts.ts'
import { Weather } from './weather.ts'

const KEY_ROOT = 'chaos'
const WORKERS = 2
const ACTS_PER_SECOND = 12
const ACCESS_TOKEN_MS = 25_000
/** Of webhooks that were answered badly; the platform's own pauses are minutes. */
const RETRIES_MS = [1_000, 2_000, 4_000, 8_000]
const BACKFILL_LIMIT_MS = 300_000
const AFTERMATH_LIMIT_MS = 240_000

export interface ChaosReport extends Aftermath {
  readonly acts: number
  readonly powerCuts: { readonly workers: number; readonly redis: number }
  readonly weather: ReadonlyMap<string, number>
  readonly tasks: number
  readonly renewals: number
  readonly hooksTaken: number
  readonly requests: number
  /** Where the logs are. */
  readonly folder: string
}

/** Brings up everything, lets it storm, and compares; whatever was opened is on the stack. */
export async function runChaos(
  options: ChaosOptions,
  closing: ClosingStack,
  say: (text: string) => void,
): Promise<ChaosReport> {
  const { clients, seed, rate, seconds } = options
  const folder = await mkdtemp(join(tmpdir(), 'amo-segments-chaos-'))
  const sandbox = await createSandbox({
    ...{ clients, seed, requestsPerSecond: rate, accessTokenMs: ACCESS_TOKEN_MS, retrySchedule: RETRIES_MS },
  })
  closing.push('sandbox', () => sandbox.close())
  const redis = await redisProcess(folder)
  await redis.start()
  closing.push('Redis', () => redis.kill())
  const port = await loopbackPort()
  sandbox.integration.redirectUri = `http://127.0.0.1:${port}/oauth/callback`
  const service = { sandbox, redisUrl: redis.url, keyRoot: KEY_ROOT, encryptionKey: randomBytes(32) }
  const observer = openObserver(service, closing)
  const { world, judge, records } = observer
  const policy = chaosPolicy(world)
  judge.use(policy)
  await observer.policies.save(observer.accountId, 0, policy, 'chaos')

  const { web, workers } = serviceParts({ ...service, port, requestsPerSecond: rate, folder }, WORKERS)
  for (const part of [web, ...workers]) {
    closing.push(part.name, () => part.kill())
    part.start()
  }
  await ready(port)
  const installed = await sandbox.install()
  if (installed.status !== 200) throw new Error(`the installation was answered with ${installed.status}`)
  await until(async () => (await observer.accounts.ids()).length > 0, BACKFILL_LIMIT_MS, 'the account is not connected')

  const weather = new Weather(sandbox.faults, new Random(seed + 1))
  const stopping = new AbortController()
  const cuts = new PowerCuts({ workers, redis, random: new Random(seed + 2) }, stopping.signal)
  weather.storm()
  say('reading the base in a storm')
  await until(
    async () => (await readBackfill(observer.notes)) !== null,
    BACKFILL_LIMIT_MS,
    'the backfill did not begin',
  )
  await cuts.befallWorker()
  await until(() => isRead(observer), BACKFILL_LIMIT_MS, 'the backfill did not end')
  const history = new SegmentHistory(world, judge.policy)
  say(`${seconds} s of people and power cuts`)
  const workerCuts = cuts.befallWorkers()
  const redisCut = cuts.befallRedis((seconds * 1000) / 2)
  const acts = await letCrowdAct({ world, records, history, random: new Random(seed + 3) }, seconds, ACTS_PER_SECOND)
  stopping.abort()
  await Promise.all([workerCuts, redisCut])
  weather.calm()
  say('the storm is over; waiting until all is quiet')
  const after = await aftermath(observer, history, AFTERMATH_LIMIT_MS)
  const accidents = [web, ...workers].filter((part) => part.accidents > 0)
  return {
    ...after,
    findings: [...after.findings, ...accidents.map((part) => `${part.name} ended by itself ${part.accidents} times`)],
    acts,
    powerCuts: { workers: cuts.workers, redis: cuts.redis },
    weather: weather.counts,
    tasks: world.tasks.size,
    renewals: sandbox.stats.count({ method: 'POST', path: '/oauth2/access_token', status: 200 }) - 1,
    hooksTaken: sandbox.stats.hooksDelivered,
    requests: sandbox.stats.requests.length,
    folder,
  }
}

async function isRead({ notes }: Observer): Promise<boolean> {
  return (await readBackfill(notes))?.phase === 'done'
}

async function until(holds: () => Promise<boolean>, limitMs: number, otherwise: string): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${otherwise} within ${limitMs / 1000} s`)
    await delay(100)
  }
}
