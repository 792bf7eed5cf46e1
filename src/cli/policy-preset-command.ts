import { Argument, type Command } from 'commander'
import { defaultPolicy } from '../segmentation/default-policy.ts'
import { PRESET_NAMES, type PresetName } from '../segmentation/presets.ts'
import { UNKNOWN_ACCOUNT, wholeAccount } from './account-facts-schema.ts'
import { readAccountFile } from './read-account-file.ts'
import { runCommand } from './run-command.ts'

/** `policy preset NAME`: a whole policy to start from, with the ready-made rules switched off. */
export const addPolicyPresetCommand = (policy: Command): void => {
  policy
    .command('preset')
    .description('print a ready-made policy with every setting, and the ready-made rules switched off')
    .addArgument(new Argument('<name>', 'which one').choices([...PRESET_NAMES]))
    .option('--account <file>', 'facts of the account: its loss reasons that look like junk are listed')
    .action(async (name: PresetName, { account }: { account?: string }, command: Command) => {
      await runCommand(command, async ({ line }) => {
        const facts = account === undefined ? UNKNOWN_ACCOUNT : wholeAccount(await readAccountFile(account))
        line(JSON.stringify(defaultPolicy(facts, name), null, 2))
      })
    })
}
