import { Command } from 'commander'
import type { AppPart } from '../app.ts'
import { loadConfig } from '../config/load-config.ts'
import { registerDoctorCommand } from './doctor/register-doctor-command.ts'
import { registerPolicyApplyCommands } from './policy-apply-command.ts'
import { registerDecideCommand } from './register-decide-command.ts'
import { registerPolicyCommands } from './register-policy-commands.ts'

/** Runs one part of the service until a signal ends it. */
export type RunPart = (part: AppPart, options: { readonly keyRoot?: string }) => Promise<void>

const KEY_ROOT = ['--key-root <prefix>', 'prefix of every key, for deployments that share one Redis'] as const

const PARTS: Readonly<Record<AppPart, string>> = {
  serve: 'answer HTTP and work, in one process',
  web: 'answer HTTP only',
  worker: 'work only; run as many as you like',
}

/** The command line with all its commands. */
export const createProgram = (run: RunPart, load: typeof loadConfig = loadConfig): Command => {
  const program = new Command('amo-segments').description('Automatic client segmentation inside amoCRM (Kommo).')
  for (const [part, description] of Object.entries(PARTS) as [AppPart, string][])
    program
      .command(part)
      .description(description)
      .option(...KEY_ROOT)
      .action((options: { readonly keyRoot?: string }) => run(part, options))
  registerPolicyCommands(program)
  registerPolicyApplyCommands(program, load)
  registerDecideCommand(program)
  registerDoctorCommand(program, load)
  return program
}
