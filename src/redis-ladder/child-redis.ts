import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { awaitPing } from './answers-ping.ts'

const START_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 5_000
const OUTPUT_KEPT = 2_000

/**
 * Runs "$@" and ends it as soon as stdin closes, which happens when this process asks for it and equally when this
 * process dies without a word: Redis gets SIGTERM, writes what it has and goes.
 */
const GUARD =
  'exec 3<&0; "$@" </dev/null 3<&- & child=$!; (read -r _ <&3; kill -TERM "$child") >/dev/null 2>&1 & guard=$!; ' +
  'exec 3<&-; wait "$child"; code=$?; kill "$guard" 2>/dev/null; exit "$code"'

/** Starts a Redis server as a child process and waits until it answers PING on `port`; `stop` ends it gracefully. */
export const startChildRedis = async (
  command: string,
  args: readonly string[],
  port: number,
): Promise<{ stop(): Promise<void> }> => {
  // A process group of its own: Ctrl-C in a terminal must reach Redis last, after our queues are closed.
  const child = spawn('sh', ['-c', GUARD, 'redis-guard', command, ...args], { detached: true, stdio: 'pipe' })
  const output = keepOutput(child)
  const gone = new AbortController()
  child.once('error', (error) => {
    output.push(error.message)
    gone.abort()
  })
  // Not `exit`: its last words may still be on the way then.
  child.once('close', () => gone.abort())
  letGo(child)
  if (await awaitPing(port, true, START_LIMIT_MS, gone.signal)) return { stop: () => stop(child) }
  await stop(child)
  throw new Error(`${command} did not start on port ${port}. It said: ${output.join('').slice(-OUTPUT_KEPT).trim()}`)
}

const keepOutput = (child: ChildProcess): string[] => {
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      chunks.push(chunk.toString())
      if (chunks.length > 50) chunks.shift()
    })
  }
  return chunks
}

/** The child must not keep this process alive: when nothing else does, it ends and the guard ends the child. */
const letGo = (child: ChildProcess): void => {
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref()
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  const exit = once(child, 'exit')
  child.stdin?.end()
  const patience = new AbortController()
  const late = delay(STOP_LIMIT_MS, 'late', { signal: patience.signal }).catch(() => 'ended')
  const ended = await Promise.race([exit, late])
  patience.abort()
  if (ended !== 'late') return
  process.kill(-child.pid, 'SIGKILL')
  await exit
}
