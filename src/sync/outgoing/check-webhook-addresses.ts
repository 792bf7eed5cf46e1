import { placedActions } from '../../segmentation/check-actions.ts'
import { type Finding, finding } from '../../segmentation/check-finding.ts'
import type { PolicyCheck } from '../../segmentation/check-policy.ts'
import type { Policy } from '../../segmentation/policy.ts'
import type { AddressGuard } from './address-guard.ts'

/** Says of a policy's webhooks what would come of them: calls into private networks are refused when they are made. */
export const checkWebhookAddresses = (policy: Policy, guard: AddressGuard): PolicyCheck => {
  const errors: Finding[] = []
  const warnings: Finding[] = []
  for (const { action, path } of placedActions(policy)) {
    if (action.type !== 'webhook') continue
    const { hostname } = new URL(action.url)
    const outlook = guard.outlook(hostname)
    if (outlook === 'forbidden') errors.push(finding([...path, 'url'], privateAddress(hostname)))
    if (outlook === 'doubtful') warnings.push(finding([...path, 'url'], innerName(hostname)))
  }
  return { errors, warnings }
}

const ADVICE = 'Give a public address, or have the operator name the host in WEBHOOK_ALLOWED_HOSTS'

const privateAddress = (host: string) => ({
  message: `${host} is not a public address, so nothing would be sent there`,
  advice: ADVICE,
})

const innerName = (host: string) => ({
  message: `${host} looks like a name of a private network; nothing is sent to a private address`,
  advice: ADVICE,
})
