import type { Command } from 'commander'
import { CommandFailure } from './command-failure.ts'

/** Where a command writes: what was asked for, and what went wrong. */
export interface Output {
  readonly line: (text: string) => void
  readonly fault: (text: string) => void
}

/** Runs a command's action: its faults go to the error output, one line each, and make the exit code 1. */
export const runCommand = async (command: Command, action: (output: Output) => Promise<void>): Promise<void> => {
  const { writeOut, writeErr } = command.configureOutput()
  const output: Output = {
    line: (text) => writeOut?.(`${text}\n`),
    fault: (text) => {
      process.exitCode = 1
      writeErr?.(`${text}\n`)
    },
  }
  try {
    await action(output)
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    output.fault(error.message)
  }
}
