import { z } from 'zod'
import { defaultPolicy } from '../../segmentation/default-policy.ts'
import type { Language } from '../../segmentation/labels.ts'
import { type Policy, parsePolicy, policySchema } from '../../segmentation/policy.ts'
import { diffPolicies } from '../../segmentation/policy-diff.ts'
import { policyDiffText } from '../../segmentation/policy-diff-text.ts'
import { PRESET_NAMES, type PresetName } from '../../segmentation/presets.ts'
import type { AccountContext } from '../account-context.ts'
import type { PolicyFault } from '../apply-policy.ts'
import { checkPolicyHere } from '../outgoing/check-policy-here.ts'

export interface PolicyVerdict {
  /** A policy with errors is refused. */
  readonly errors: readonly PolicyFault[]
  readonly warnings: readonly PolicyFault[]
}

/** All that is wrong with a policy, or hardly meant, in this account. */
export const verdictOnPolicy = (context: AccountContext, input: unknown): PolicyVerdict => {
  const parsing = parsePolicy(input)
  return parsing.type === 'invalid'
    ? { errors: parsing.problems, warnings: [] }
    : checkPolicyHere(context, parsing.policy)
}

/** JSON Schema of a policy as a person writes it, for editors and rule builders. */
export const policyJsonSchema = () => z.toJSONSchema(policySchema, { io: 'input' })

/** Whole policies to start from, fitted to the account. */
export const presetsFor = ({ compiled }: AccountContext): readonly { name: PresetName; policy: Policy }[] =>
  PRESET_NAMES.map((name) => ({ name, policy: defaultPolicy(compiled.account, name) }))

/** What differs between two stored policies, a sentence per change; null: one of them can't be read any more. */
export const policyDifference = (
  { compiled }: AccountContext,
  before: unknown,
  after: unknown,
): Readonly<Record<Language, readonly string[]>> | null => {
  const [was, is] = [parsePolicy(before), parsePolicy(after)]
  if (was.type === 'invalid' || is.type === 'invalid') return null
  const changes = diffPolicies(was.policy, is.policy)
  const textIn = (language: Language) => policyDiffText(changes, language, compiled.account)
  return { ru: textIn('ru'), en: textIn('en') }
}
