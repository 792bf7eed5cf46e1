import type { Command } from 'commander'
import type { Finding } from '../segmentation/check-finding.ts'
import { checkPolicy } from '../segmentation/check-policy.ts'
import { wholeAccount } from './account-facts-schema.ts'
import { readAccountFile } from './read-account-file.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { runCommand } from './run-command.ts'

const findingText = (kind: 'error' | 'warning', { path, message, advice }: Finding): string =>
  `${kind} ${path}: ${message}. ${advice}`

/** `policy check FILE`: exit code 0 where the policy would be accepted. */
export const addPolicyCheckCommand = (policy: Command): void => {
  policy
    .command('check')
    .description('say what is wrong with a policy, or hardly meant')
    .argument('<file>', 'the policy, JSON; - reads the standard input')
    .option('--account <file>', 'facts of the account: also check that all the policy names is there')
    .action(async (file: string, { account }: { account?: string }, command: Command) => {
      await runCommand(command, async ({ line, fault }) => {
        const read = await readPolicyFile(file)
        const facts = account === undefined ? null : wholeAccount(await readAccountFile(account))
        const { errors, warnings } = checkPolicy(read, facts)
        for (const error of errors) fault(findingText('error', error))
        for (const warning of warnings) line(findingText('warning', warning))
        if (errors.length === 0) line(warnings.length === 0 ? 'The policy is sound' : 'The policy would be accepted')
      })
    })
}
