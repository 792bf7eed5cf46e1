import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { awaitPing } from '../../../src/redis-ladder/answers-ping.ts'
import { findOnPath } from '../../../src/redis-ladder/find-on-path.ts'
import { loopbackPort } from '../../../src/redis-ladder/loopback-port.ts'

/** A Redis that a test may kill. */
export interface OwnRedis {
  readonly url: string
  kill(): Promise<void>
  /** On the same port, with what was kept. */
  start(): Promise<void>
  close(): Promise<void>
}

/** A Redis server with an append-only file; null: there is none on PATH. */
export const redisBinary = findOnPath(['redis-server', 'valkey-server'], process.env.PATH ?? '')

/** A server that keeps its data over a crash where there is one, else one in memory. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await loopbackPort()
  const folder = await mkdtemp(join(tmpdir(), 'own-redis-'))
  let child: ChildProcess | null = null
  const kill = async (): Promise<void> => {
    if (child === null) return
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    child = null
  }
  const start = async (): Promise<void> => {
    const [command, args] = commandFor(port, folder)
    child = spawn(command, args, { stdio: 'ignore' })
    if (!(await awaitPing(port, true, 15_000))) throw new Error(`no Redis came up on port ${port}`)
  }
  await start()
  const close = async (): Promise<void> => {
    await kill()
    await rm(folder, { recursive: true, force: true })
  }
  return { url: `redis://127.0.0.1:${port}`, kill, start, close }
}

function commandFor(port: number, folder: string): [string, string[]] {
  if (redisBinary === null) {
    const cli = join(dirname(createRequire(import.meta.url).resolve('js-redis-server')), 'cli.js')
    return [process.execPath, [cli, '--port', String(port)]]
  }
  const settings = { port: String(port), bind: '127.0.0.1', dir: folder, save: '', appendonly: 'yes' }
  return [redisBinary, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])]
}
