import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { loopbackPort } from '../../src/redis-ladder/loopback-port.ts'

export interface ProductOptions {
  /** Main file of the compiled product. */
  readonly main: string
  readonly part: 'serve' | 'web' | 'worker'
  /** Its log goes here, and it runs here, so that no `.env` reaches it. */
  readonly folder: string
  readonly redisUrl: string
  /** 32 bytes. */
  readonly encryptionKey: Buffer
  readonly clientId: string
  readonly clientSecret: string
  readonly apiOrigin: string
  /** More for Node, e.g. `--cpu-prof`. */
  readonly nodeOptions?: readonly string[]
}

/** The product as a process of its own. */
export interface ProductProcess {
  readonly url: string
  readonly logFile: string
  /** MB of memory it has, and had at most. */
  memory(): { readonly now: number; readonly peak: number }
  /** Seconds of CPU it has used. */
  cpuSeconds(): number
  close(): Promise<void>
}

const READY_LIMIT_MS = 30_000
const CLOSE_LIMIT_MS = 30_000
const POLL_MS = 50
const TICKS_PER_SECOND = 100

/** Starts a part of the product and waits until it is ready. */
export async function startProduct(options: ProductOptions): Promise<ProductProcess> {
  const port = await loopbackPort()
  const url = `http://127.0.0.1:${port}`
  const logFile = join(options.folder, `${options.part}-${port}.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.main, options.part], {
    cwd: options.folder,
    env: environmentOf(options, port, url),
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  if (options.part !== 'worker') await ready(url, child, logFile)
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8')
  return {
    url,
    logFile,
    memory: () => ({ now: megabytes(proc('status'), 'VmRSS'), peak: megabytes(proc('status'), 'VmHWM') }),
    cpuSeconds: () => {
      const [user = 0, system = 0] = proc('stat').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? []
      return (user + system) / TICKS_PER_SECOND
    },
    close: () => end(child),
  }
}

function megabytes(status: string, field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  const late = delay(CLOSE_LIMIT_MS, 'late', { ref: false })
  if ((await Promise.race([exit, late])) === 'late') child.kill('SIGKILL')
  await exit
}

function environmentOf(options: ProductOptions, port: number, url: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    REDIS_URL: options.redisUrl,
    LOG_LEVEL: 'warn',
    ENCRYPTION_KEY: options.encryptionKey.toString('base64'),
    AMOCRM_CLIENT_ID: options.clientId,
    AMOCRM_CLIENT_SECRET: options.clientSecret,
    AMOCRM_API_ORIGIN: options.apiOrigin,
  }
}

async function ready(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const end = performance.now() + READY_LIMIT_MS
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`The product ended by itself:\n${readFileSync(logFile, 'utf8')}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await delay(POLL_MS)
  }
  throw new Error(`The product was not ready within ${READY_LIMIT_MS / 1000} s`)
}
