import type { Language } from '../segmentation/rules/local-text.ts'
import { checkedPolicy, type PolicyFault } from '../sync/apply-policy.ts'
import { preview } from '../sync/preview.ts'
import { CommandFailure } from './command-failure.ts'
import type { OpenAccount } from './open-account.ts'
import { previewLines } from './preview-text.ts'
import { readPolicyFile } from './read-policy-file.ts'
import type { Output } from './run-command.ts'

/** Prints what the policy of a file would do to the account's base. */
export const previewPolicyFile = async (
  { context, requestsPerSecond }: OpenAccount,
  file: string,
  { lang }: { readonly lang?: Language },
  { line }: Output,
): Promise<void> => {
  const checked = checkedPolicy(context, await readPolicyFile(file))
  if ('faults' in checked) throw new CommandFailure(faultLines(checked.faults))
  const { policy } = checked
  const shown = await preview(context, policy, { requestsPerSecond })
  const scene = { language: lang ?? policy.language, policy, account: context.compiled.account }
  for (const text of previewLines(shown, scene)) line(text)
}

/** One line per fault. */
export const faultLines = (faults: readonly PolicyFault[]): string =>
  faults.map(({ path, message, advice }) => `error ${path}: ${message}${advice ? `. ${advice}` : ''}`).join('\n')
