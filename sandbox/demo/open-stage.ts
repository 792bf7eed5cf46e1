import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClosingStack } from '../../src/closing-stack.ts'
import { createSandbox, type Sandbox } from '../create-sandbox.ts'
import { importPurchases } from '../import-purchases.ts'
import { type Cast, castClients } from './cast.ts'
import type { DemoOptions } from './demo-options.ts'
import { type DemoRedis, demoRedis } from './demo-redis.ts'
import { describeImport } from './describe-import.ts'
import { preparePages } from './pages.ts'
import { type ServiceProcess, serviceProcess } from './service-process.ts'

/** Everything the demo plays on. Nothing is installed yet, the service does not run. */
export interface Stage {
  readonly sandbox: Sandbox
  readonly redis: DemoRedis
  readonly service: ServiceProcess
  readonly cast: Cast
  /** The operator's, for the web app. */
  readonly adminToken: string
}

/** The stand-in for Redis is slow: webhooks by the dozen would not be taken within the two seconds they have. */
const HOOKS_IN_MEMORY = 4

/** Opens it all under a folder of its own; each part pushes its end on `closing`. */
export async function openStage(options: DemoOptions, closing: ClosingStack): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'amo-segments-demo-'))
  closing.push('temporary files', () => rm(folder, { recursive: true, force: true }))
  const redis = await demoRedis(folder, (sentence) => console.log(`  ${sentence}`))
  closing.push('Redis', () => redis.close())
  const sandbox = await createSandbox({
    clients: options.clients ?? (options.data === undefined ? 2000 : 0),
    seed: options.seed,
    latencyMs: options.latency,
    requestsPerSecond: options.rate,
    ...(redis.source === 'embedded' ? { hookConcurrency: HOOKS_IN_MEMORY } : {}),
  })
  closing.push('sandbox', () => sandbox.close())
  if (options.data !== undefined) {
    const report = await importPurchases(sandbox.world, options.data)
    for (const line of describeImport(report)) console.log(`  ${line}`)
  }
  const adminToken = randomBytes(12).toString('hex')
  const service = await serviceProcess({
    sandbox,
    adminToken,
    redisUrl: redis.url,
    keyRoot: redis.keys.root,
    folder,
    requestsPerSecond: options.rate,
  })
  closing.push('service', () => service.stop())
  sandbox.integration.redirectUri = `${service.url}/oauth/callback`
  if (options.keep) await preparePages(sandbox, service.url, (sentence) => console.log(`  ${sentence}`))
  return { sandbox, redis, service, adminToken, cast: castClients(sandbox.world) }
}
