import { checkActions } from './check-actions.ts'
import { checkFeeding } from './check-feeding.ts'
import type { Finding } from './check-finding.ts'
import { checkRules } from './check-rules.ts'
import { checkSettings } from './check-settings.ts'
import { checkTags } from './check-tags.ts'
import type { AccountFacts } from './facts.ts'
import type { Policy } from './policy.ts'

export interface PolicyCheck {
  /** A policy with errors is refused. */
  readonly errors: readonly Finding[]
  /** What is allowed but hardly meant. */
  readonly warnings: readonly Finding[]
}

/**
 * Looks a well-formed policy over against the account it is for: whatever it names must be there, no rule may be beyond
 * anyone's reach, and nothing it writes may drive it round in a circle. Without an account (null) all that does not need
 * one is checked. Rules that are switched off may be faulty: that is a warning until they are switched on.
 *
 * Why a policy without errors cannot set tags for ever: all it writes is decided by the dimensions, which read no tags
 * and no field that the policy may write, and by the rules, which by {@link checkFeeding} can be put in an order in which
 * each reads only what earlier ones write, itself aside. So after the dimensions each rule settles in its turn.
 */
export const checkPolicy = (policy: Policy, account: AccountFacts | null): PolicyCheck => {
  const checks = [
    checkSettings(policy, account),
    checkActions(policy, account),
    checkRules(policy, account),
    checkTags(policy),
    checkFeeding(policy, account),
  ]
  return { errors: checks.flatMap((check) => check.errors), warnings: checks.flatMap((check) => check.warnings) }
}
