import { type Command, Option } from 'commander'
import { diffPolicies } from '../segmentation/policy-diff.ts'
import { policyDiffText } from '../segmentation/policy-diff-text.ts'
import { LANGUAGES, type Language } from '../segmentation/rules/local-text.ts'
import { wholeAccount } from './account-facts-schema.ts'
import { readAccountFile } from './read-account-file.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { runCommand } from './run-command.ts'

const SAME: Readonly<Record<Language, string>> = { en: 'No difference', ru: 'Различий нет' }

interface Options {
  readonly lang?: Language
  readonly account?: string
  readonly json?: boolean
}

/** `policy diff A B`: one line per change. */
export const addPolicyDiffCommand = (policy: Command): void => {
  policy
    .command('diff')
    .description('say in words what differs between two policies')
    .argument('<before>', 'a policy, JSON')
    .argument('<after>', 'another one')
    .addOption(new Option('--lang <language>', "ru or en; else the later policy's language").choices([...LANGUAGES]))
    .option('--account <file>', 'facts of the account: ids become names')
    .option('--json', 'print the changes as JSON')
    .action(async (before: string, after: string, options: Options, command: Command) => {
      await runCommand(command, async ({ line }) => {
        const [was, is] = [await readPolicyFile(before), await readPolicyFile(after)]
        const account = options.account === undefined ? null : wholeAccount(await readAccountFile(options.account))
        const changes = diffPolicies(was, is)
        const language = options.lang ?? is.language
        if (options.json === true) line(JSON.stringify(changes, null, 2))
        else if (changes.length === 0) line(SAME[language])
        else for (const text of policyDiffText(changes, language, account)) line(text)
      })
    })
}
