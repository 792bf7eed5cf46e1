import { CommandFailure } from './command-failure.ts'
import type { OpenAccount } from './open-account.ts'
import type { Output } from './run-command.ts'

/** Prints the policy in force, with its version and who saved it, as JSON. */
export const showPolicy = async ({ context, stores }: OpenAccount, { line }: Output): Promise<void> => {
  const current = await stores.policies.current(context.id)
  if (!current) throw new CommandFailure(`Account ${context.id} has no policy of its own yet`)
  const { version, author, savedAt, policy } = current
  line(JSON.stringify({ version, author, savedAt: new Date(savedAt).toISOString(), policy }, null, 2))
}
