import { checkPolicy, type PolicyCheck } from '../../segmentation/check-policy.ts'
import type { Policy } from '../../segmentation/policy.ts'
import type { AccountContext } from '../account-context.ts'
import { checkWebhookAddresses } from './check-webhook-addresses.ts'

/** Looks a policy over against its account, and against what this service lets its webhooks reach. */
export const checkPolicyHere = (
  { compiled, addressGuard }: Pick<AccountContext, 'compiled' | 'addressGuard'>,
  policy: Policy,
): PolicyCheck => {
  const ofAccount = checkPolicy(policy, compiled.account)
  const ofAddresses = checkWebhookAddresses(policy, addressGuard)
  return {
    errors: [...ofAccount.errors, ...ofAddresses.errors],
    warnings: [...ofAccount.warnings, ...ofAddresses.warnings],
  }
}
