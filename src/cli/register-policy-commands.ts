import type { Command } from 'commander'
import { addPolicyCheckCommand } from './policy-check-command.ts'
import { addPolicyDiffCommand } from './policy-diff-command.ts'
import { addPolicyPresetCommand } from './policy-preset-command.ts'
import { addPolicySchemaCommand } from './policy-schema-command.ts'

/** Adds `policy check`, `policy diff`, `policy schema` and `policy preset`. They need neither Redis nor amoCRM. */
export const registerPolicyCommands = (program: Command): void => {
  const policy = program.command('policy').description('check, compare and start policies')
  addPolicyCheckCommand(policy)
  addPolicyDiffCommand(policy)
  addPolicySchemaCommand(policy)
  addPolicyPresetCommand(policy)
}
