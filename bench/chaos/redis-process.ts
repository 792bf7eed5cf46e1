import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { awaitPing } from '../../src/redis-ladder/answers-ping.ts'
import { findOnPath } from '../../src/redis-ladder/find-on-path.ts'
import { loopbackPort } from '../../src/redis-ladder/loopback-port.ts'
import { RestartedProcess } from './restarted-process.ts'

const START_LIMIT_MS = 20_000

export interface RedisProcess {
  readonly url: string
  /** Ends when it answers. */
  start(): Promise<void>
  kill(): Promise<void>
}

/** A Redis that keeps an append-only file over a crash, as the service starts one for itself. */
export async function redisProcess(folder: string): Promise<RedisProcess> {
  const binary = findOnPath(['redis-server', 'valkey-server'], process.env.PATH ?? '')
  if (binary === null)
    throw new Error('the storm needs a redis-server on PATH: one in memory loses all when it is killed')
  const port = await loopbackPort()
  const data = join(folder, 'redis')
  mkdirSync(data)
  const settings = {
    ...{ port, bind: '127.0.0.1', dir: data, save: '', appendonly: 'yes', appendfsync: 'everysec' },
    'maxmemory-policy': 'noeviction',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const logFile = join(folder, 'redis.log')
  const server = new RestartedProcess({ name: 'redis', command: binary, args, folder, logFile })
  return {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      server.start()
      if (!(await awaitPing(port, true, START_LIMIT_MS))) throw new Error(`Redis did not start, see ${logFile}`)
    },
    kill: () => server.kill(),
  }
}
