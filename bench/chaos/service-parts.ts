import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../sandbox/create-sandbox.ts'
import { RestartedProcess } from './restarted-process.ts'

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'))
const READY_LIMIT_MS = 60_000

export interface PartsOptions {
  readonly sandbox: Sandbox
  readonly redisUrl: string
  readonly keyRoot: string
  readonly encryptionKey: Buffer
  /** Of the web part. */
  readonly port: number
  readonly requestsPerSecond: number
  /** Default: info. */
  readonly logLevel?: 'info' | 'debug'
  /** For logs, `<name>.log`; also where they run, so that no `.env` of this project reaches them. */
  readonly folder: string
}

export interface ServiceParts {
  readonly web: RestartedProcess
  readonly workers: readonly RestartedProcess[]
}

/** The service as it is run for scale: one process that answers HTTP, and workers. None of them is started yet. */
export function serviceParts(options: PartsOptions, workers: number): ServiceParts {
  const part = (name: string, kind: 'web' | 'worker'): RestartedProcess =>
    new RestartedProcess({
      name,
      command: process.execPath,
      args: ['--import', import.meta.resolve('tsx'), MAIN, kind, '--key-root', options.keyRoot],
      env: environmentOf(options),
      folder: options.folder,
      logFile: join(options.folder, `${name}.log`),
    })
  return {
    web: part('web', 'web'),
    workers: Array.from({ length: workers }, (_, index) => part(`worker-${index + 1}`, 'worker')),
  }
}

/** Nothing of our own environment is handed on, but what a process needs to run at all. */
function environmentOf(options: PartsOptions): NodeJS.ProcessEnv {
  const { sandbox, redisUrl, encryptionKey, port, requestsPerSecond, logLevel = 'info' } = options
  return {
    ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }),
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    REDIS_URL: redisUrl,
    LOG_LEVEL: logLevel,
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
    AMOCRM_CLIENT_ID: sandbox.integration.clientId,
    AMOCRM_CLIENT_SECRET: sandbox.integration.clientSecret,
    AMOCRM_API_ORIGIN: sandbox.url,
    AMOCRM_REQUESTS_PER_SECOND: String(requestsPerSecond),
  }
}

/** Waits until the web part takes webhooks. */
export async function ready(port: number): Promise<void> {
  const end = performance.now() + READY_LIMIT_MS
  while (performance.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await delay(100)
  }
  throw new Error(`the web part was not ready within ${READY_LIMIT_MS / 1000} s`)
}
