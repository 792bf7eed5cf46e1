import type { AccountFacts } from './facts.ts'
import { type Policy, policySchema } from './policy.ts'
import { PRESETS, type PresetName } from './presets.ts'
import { READY_MADE_RULES } from './rules/ready-made-rules.ts'

/** Parts of names of loss reasons, in lower case, that mean the lead was none. */
const JUNK_NAME_PARTS = [
  'спам',
  'дубл',
  'неверн',
  'некорректн',
  'нецелев',
  'тест',
  'spam',
  'duplicate',
  'wrong',
  'invalid',
  'test',
] as const

const isJunkName = (name: string): boolean => {
  const lower = name.toLowerCase()
  return JUNK_NAME_PARTS.some((part) => lower.includes(part))
}

/**
 * The policy of a new account: a preset, with the loss reasons that look like junk by their names, and the ready-made
 * rules switched off.
 */
export const defaultPolicy = (account: Pick<AccountFacts, 'lossReasons'>, preset: PresetName = 'default'): Policy =>
  policySchema.parse({
    rules: READY_MADE_RULES,
    ...PRESETS[preset],
    junkReasons: account.lossReasons.filter((reason) => isJunkName(reason.name)).map((reason) => reason.id),
  })
