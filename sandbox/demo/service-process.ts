import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { loopbackPort } from '../../src/redis-ladder/loopback-port.ts'
import type { Sandbox } from '../create-sandbox.ts'

export interface ServiceOptions {
  readonly sandbox: Sandbox
  readonly redisUrl: string
  /** Prefix of its keys. */
  readonly keyRoot: string
  /** Folder for its log and whatever it keeps; also where it runs, so that no `.env` of this project reaches it. */
  readonly folder: string
  readonly requestsPerSecond: number
  /** The operator's, for the web app and the API; absent: there is none. */
  readonly adminToken?: string
}

/** The service as a process of its own: the real program, reached only as amoCRM and an admin would. */
export interface ServiceProcess {
  readonly url: string
  readonly logFile: string
  /** Starts it and waits until it is ready; again after `kill`. */
  start(): Promise<void>
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>
  /** Ends it as a deployment would. */
  stop(): Promise<void>
}

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'))
const READY_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 30_000
const POLL_MS = 50

/** Prepares the service; it does not run yet. Its address is known already, for the integration's redirect. */
export async function serviceProcess(options: ServiceOptions): Promise<ServiceProcess> {
  const port = await loopbackPort()
  const url = `http://127.0.0.1:${port}`
  const logFile = join(options.folder, 'service.log')
  const environment = environmentOf(options, port, url)
  let child: ChildProcess | null = null

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ending = child
    child = null
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return
    const exit = once(ending, 'exit')
    ending.kill(signal)
    const late = delay(STOP_LIMIT_MS, 'late', { ref: false })
    if ((await Promise.race([exit, late])) !== 'late') return
    ending.kill('SIGKILL')
    await exit
  }
  return {
    url,
    logFile,
    start: async () => {
      const log = openSync(logFile, 'a')
      const args = ['--import', import.meta.resolve('tsx'), MAIN, 'serve', '--key-root', options.keyRoot]
      child = spawn(process.execPath, args, { cwd: options.folder, env: environment, stdio: ['ignore', log, log] })
      closeSync(log)
      await ready(url, child)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

/** Nothing of our own environment is handed on, but what a process needs to run at all. */
function environmentOf(
  { sandbox, redisUrl, requestsPerSecond, adminToken }: ServiceOptions,
  port: number,
  url: string,
): NodeJS.ProcessEnv {
  return {
    ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }),
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    REDIS_URL: redisUrl,
    LOG_LEVEL: 'warn',
    ...(adminToken === undefined ? {} : { ADMIN_TOKEN: adminToken }),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    AMOCRM_CLIENT_ID: sandbox.integration.clientId,
    AMOCRM_CLIENT_SECRET: sandbox.integration.clientSecret,
    AMOCRM_API_ORIGIN: sandbox.url,
    AMOCRM_REQUESTS_PER_SECOND: String(requestsPerSecond),
  }
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const end = performance.now() + READY_LIMIT_MS
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`The service ended by itself with code ${child.exitCode}.`)
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await delay(POLL_MS)
  }
  throw new Error(`The service was not ready within ${READY_LIMIT_MS / 1000} s.`)
}
