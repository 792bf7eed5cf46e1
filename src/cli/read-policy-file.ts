import { type Policy, parsePolicy } from '../segmentation/policy.ts'
import { CommandFailure } from './command-failure.ts'
import { readJsonFile } from './read-json-file.ts'

/** `value.tiers.0.from` as people write it: `value.tiers[0].from`. */
const withBrackets = (path: string): string => path.replace(/(?:^|\.)(\d+)(?=\.|$)/g, '[$1]')

/** The policy of a file, defaults filled in; every fault of its form is told at once. */
export const readPolicyFile = async (path: string): Promise<Policy> => {
  const parsing = parsePolicy(await readJsonFile(path))
  if (parsing.type === 'ok') return parsing.policy
  const faults = parsing.problems.map((one) => `error ${withBrackets(one.path) || 'policy'}: ${one.message}`)
  throw new CommandFailure(faults.join('\n'))
}
