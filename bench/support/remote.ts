import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

type Calls = Readonly<Record<string, (argument: never) => unknown>>

/** The calls of another process: each answers later. */
export type Remote<C extends Calls> = {
  readonly [Name in keyof C]: (...argument: Parameters<C[Name]>) => Promise<Awaited<ReturnType<C[Name]>>>
}

/** A process started by `startChild`, and how it ends. */
export interface Child<C extends Calls> {
  readonly calls: Remote<C>
  close(): Promise<void>
}

interface Question {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}

type Answer = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: string }

/** Starts a file, by its URL, as a process of its own; the file calls `serveParent`. */
export function startChild<C extends Calls>(url: string): Child<C> {
  const child = fork(fileURLToPath(url), { execArgv: ['--import', import.meta.resolve('tsx')] })
  return { calls: callsOf<C>(child), close: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.disconnect()
  await exit
}

function callsOf<C extends Calls>(child: ChildProcess): Remote<C> {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let last = 0
  child.on('message', (message) => {
    const answer = message as Answer
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.result)
  })
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the child process ended with code ${code}`))
  })
  const ask = (name: string, argument: unknown) =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      child.send({ id: last, name, argument } satisfies Question)
    })
  return new Proxy({} as Remote<C>, { get: (_, name) => (argument: unknown) => ask(String(name), argument) })
}

/** In the child: answers the parent's questions until it goes away. */
export function serveParent(calls: Calls): void {
  process.on('message', async (message) => {
    const { id, name, argument } = message as Question
    const send = (answer: Answer) => process.send?.(answer)
    try {
      const call = calls[name] as ((argument: unknown) => unknown) | undefined
      if (!call) throw new Error(`no call ${name}`)
      send({ id, result: await call(argument) })
    } catch (error) {
      send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.on('disconnect', () => process.exit())
}
