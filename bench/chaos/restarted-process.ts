import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'

export interface Command {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Where it runs. */
  readonly folder: string
  readonly logFile: string
}

/** A child that is started again and again, and killed as often. */
export class RestartedProcess {
  readonly name: string
  /** Times it ended although nobody asked for it. */
  accidents = 0
  readonly #command: Command
  #child: ChildProcess | null = null

  constructor(command: Command) {
    this.name = command.name
    this.#command = command
  }

  start(): void {
    const { command, args, env, folder, logFile } = this.#command
    const log = openSync(logFile, 'a')
    const child = spawn(command, args, { cwd: folder, ...(env && { env }), stdio: ['ignore', log, log] })
    closeSync(log)
    child.once('exit', () => {
      if (this.#child === child) this.accidents += 1
    })
    this.#child = child
  }

  /** Ends it without a word, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it as a deployment would; answers its exit code, null when it did not run. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
    return child.exitCode
  }
}
