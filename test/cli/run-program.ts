import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { createProgram } from '../../src/cli/create-program.ts'
import { loadConfig } from '../../src/config/load-config.ts'

export interface Ran {
  readonly out: string
  readonly err: string
  readonly code: number
}

/** Runs the commands in this process with their output caught; the exit code of the test run stays what it is. */
export const runProgram = (...args: string[]): Promise<Ran> => runProgramWith(loadConfig, ...args)

/** The same with settings of the test's own. */
export const runProgramWith = async (load: typeof loadConfig, ...args: string[]): Promise<Ran> => {
  let [out, err] = ['', '']
  const program = createProgram(async () => {}, load)
  for (const command of [program, ...allCommands(program)])
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        out += text
      },
      writeErr: (text) => {
        err += text
      },
    })
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await program.parseAsync(['node', 'amo-segments', ...args])
    return { out, err, code: Number(process.exitCode ?? 0) }
  } catch (error) {
    if (error instanceof CommanderError) return { out, err, code: error.exitCode }
    throw error
  } finally {
    process.exitCode = before
  }
}

/** A program's commands and theirs. */
export const allCommands = (program: Command): Command[] =>
  program.commands.flatMap((command) => [command, ...allCommands(command)])

/** A directory of files for one test file. */
export class Files {
  #directory = ''

  async open(): Promise<void> {
    this.#directory = await mkdtemp(join(tmpdir(), 'amo-segments-'))
  }

  async close(): Promise<void> {
    await rm(this.#directory, { recursive: true })
  }

  /** Writes a file (text as it is, anything else as JSON) and returns its path. */
  async write(name: string, content: unknown): Promise<string> {
    const path = join(this.#directory, name)
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
}
