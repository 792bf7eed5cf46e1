import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { findOnPath } from './redis-ladder/find-on-path.ts'
import { openSharedRedis, type RedisCommand } from './redis-ladder/shared-redis.ts'

export interface RedisLadderOptions {
  /** REDIS_URL; null: none is set. */
  readonly redisUrl: string | null
  /** In production data must outlive the process: the in-memory rung is refused. */
  readonly production: boolean
  /** Where a server of our own keeps its data and says where it listens; made if missing. */
  readonly dataDir: string
  /** Keep an append-only file (default). Tests go without. */
  readonly appendOnly?: boolean
  /** Where to look for a server binary; default: PATH. */
  readonly searchPath?: string
  /** Told, in a sentence, when the data will not outlive the process. */
  readonly warn?: (sentence: string) => void
}

export interface OpenRedis {
  readonly url: string
  /** Which rung held: a URL from outside, a Redis server started here, or the in-memory stand-in. */
  readonly source: 'url' | 'server' | 'embedded'
  /** Ends what was started here, gracefully; a Redis from outside is left alone. */
  close(): Promise<void>
}

/**
 * Finds a Redis, best first: REDIS_URL; a `redis-server` or `valkey-server` on PATH, started on a loopback port with
 * its data under `dataDir`; `js-redis-server`, in memory. Always a TCP server, so the code that uses it is one.
 *
 * @throws Error with what to do when no rung holds.
 */
export const openRedis = async (options: RedisLadderOptions): Promise<OpenRedis> => {
  if (options.redisUrl !== null) return { url: options.redisUrl, source: 'url', close: async () => {} }
  const binary = findOnPath(['redis-server', 'valkey-server'], options.searchPath ?? process.env.PATH ?? '')
  if (binary !== null) return local('server', options, serverCommand(binary, options))
  if (options.production)
    throw new Error('No Redis: set REDIS_URL (or install redis-server on PATH). In production none is kept in memory.')
  options.warn?.(
    'No REDIS_URL and no redis-server on PATH: data is kept in memory only and is lost when this process ends.',
  )
  return local('embedded', options, embeddedCommand())
}

const local = async (
  source: 'server' | 'embedded',
  { dataDir }: RedisLadderOptions,
  command: RedisCommand,
): Promise<OpenRedis> => {
  const { port, close } = await openSharedRedis(dataDir, command)
  return { url: `redis://127.0.0.1:${port}`, source, close }
}

/** `noeviction`: a full memory must refuse writes, never forget jobs. `everysec`: at most a second is lost in a crash. */
const serverCommand = (binary: string, { dataDir, appendOnly = true }: RedisLadderOptions): RedisCommand => {
  const folder = resolve(dataDir, 'redis')
  return (port) => {
    mkdirSync(folder, { recursive: true })
    const settings = {
      port: String(port),
      bind: '127.0.0.1',
      dir: folder,
      save: '',
      appendonly: appendOnly ? 'yes' : 'no',
      appendfsync: 'everysec',
      'maxmemory-policy': 'noeviction',
    }
    return { command: binary, args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]) }
  }
}

const embeddedCommand = (): RedisCommand => {
  const cli = embeddedCli()
  const preload = `data:text/javascript,${encodeURIComponent(EMBEDDED_PRELOAD)}`
  return (port) => ({ command: process.execPath, args: ['--import', preload, cli, '--port', String(port)] })
}

/**
 * Left to itself the stand-in writes each answer of a pipeline apart and waits 40 ms for the first to be acknowledged
 * (Nagle's algorithm), and it listens on every address of the machine.
 */
const EMBEDDED_PRELOAD = `
  import net from 'node:net'
  const { createServer } = net
  net.createServer = (options, ...rest) => createServer({ ...options, noDelay: true }, ...rest)
  const { listen } = net.Server.prototype
  net.Server.prototype.listen = function (port) { return listen.call(this, port, '127.0.0.1') }
`

const embeddedCli = (): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('js-redis-server')), 'cli.js')
  } catch (cause) {
    throw new Error('No Redis: set REDIS_URL, or install redis-server, or run `npm install` with dev dependencies.', {
      cause,
    })
  }
}
