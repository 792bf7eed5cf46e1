import { type Command, InvalidArgumentError, Option } from 'commander'
import { type LoadedConfig, loadConfig } from '../config/load-config.ts'
import { LANGUAGES, type Language } from '../segmentation/rules/local-text.ts'
import type { OpenAccount } from './open-account.ts'
import { type Output, runCommand } from './run-command.ts'

interface AccountOptions {
  readonly account: number
  readonly keyRoot?: string
  readonly lang?: Language
}

interface ApplyOptions extends AccountOptions {
  readonly onlyNew?: boolean
  readonly author: string
  readonly previewed?: string
}

const accountId = (text: string): number => {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw new InvalidArgumentError('Give the id of an amoCRM account.')
  return Number(text)
}

/**
 * Adds `policy show`, `policy preview`, `policy apply` and `policy undo`. They work on the Redis of the configuration and
 * never call amoCRM: what has to be done there, the running service does.
 */
export const registerPolicyApplyCommands = (program: Command, load: () => LoadedConfig = loadConfig): void => {
  const policy =
    program.commands.find((command) => command.name() === 'policy') ??
    program.command('policy').description('look at, try and apply policies')

  const add = (usage: string, description: string) =>
    policy
      .command(usage)
      .description(description)
      .addOption(new Option('--account <id>', 'id of the account').argParser(accountId).makeOptionMandatory())
      .addOption(new Option('--lang <language>', "ru or en; else the policy's language").choices([...LANGUAGES]))
      .option('--key-root <prefix>', 'prefix of every key, as the service was started with')

  /** The work is loaded when it is wanted: the other commands do without Redis and all that belongs to it. */
  const onAccount = (command: Command, work: (account: OpenAccount, output: Output) => Promise<void>) =>
    runCommand(command, async (output) => {
      const { account: id, keyRoot } = command.opts<AccountOptions>()
      const { withAccount } = await import('./open-account.ts')
      await withAccount(load().config, { accountId: id, keyRoot }, (account) => work(account, output))
    })

  add('show', 'print the policy in force').action((_: AccountOptions, command: Command) =>
    onAccount(command, async (account, output) => (await import('./show-policy.ts')).showPolicy(account, output)),
  )
  add('preview <file>', 'say what a policy would do to the base, and what it costs').action(
    (file: string, options: AccountOptions, command: Command) =>
      onAccount(command, async (account, output) =>
        (await import('./preview-policy-file.ts')).previewPolicyFile(account, file, options, output),
      ),
  )
  add('apply <file>', 'save a policy and bring it to the clients')
    .option('--only-new', 'only to those who change from now on')
    .option('--author <name>', 'who applies it', 'command line')
    .option('--previewed <fingerprint>', 'refuse when the base changed since the preview with this fingerprint')
    .action((file: string, options: ApplyOptions, command: Command) =>
      onAccount(command, async (account, output) =>
        (await import('./apply-policy-file.ts')).applyPolicyFile(account, file, options, output),
      ),
    )
  add('undo <run>', 'take back what a run wrote, where it still stands so').action(
    (run: string, options: AccountOptions, command: Command) =>
      onAccount(command, async (account, output) =>
        (await import('./undo-run.ts')).undoRun(account, run, options, output),
      ),
  )
}
