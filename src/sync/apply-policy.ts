import { checkPolicy } from '../segmentation/check-policy.ts'
import { compilePolicy } from '../segmentation/compile-policy.ts'
import { parsePolicy } from '../segmentation/policy.ts'
import { type PolicyNeeds, policyNeeds } from '../segmentation/policy-needs.ts'
import type { PolicyStore } from '../store/policy-store.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { backfillJob, redecideJob } from './job-catalog.ts'

export interface PolicyFault {
  readonly path: string
  readonly message: string
}

export type PolicyApplication =
  /** Saved; every client is being decided anew, with the base read again first where the mirror lacks a field. */
  | { readonly type: 'applied'; readonly version: number; readonly work: 'redecide' | 'backfill' }
  /** Nothing was saved. */
  | { readonly type: 'invalid'; readonly faults: readonly PolicyFault[] }
  /** Somebody saved another version since `base`; nothing was saved. */
  | { readonly type: 'outdated' }

/** Checks and saves a policy as the version after `base`, and makes every client agree with it. */
export async function applyPolicy(
  context: AccountContext,
  parts: { readonly policies: PolicyStore; readonly queues: AccountQueues },
  input: unknown,
  base: number,
  author: string,
): Promise<PolicyApplication> {
  const parsing = parsePolicy(input)
  if (parsing.type === 'invalid') return { type: 'invalid', faults: parsing.problems }
  const { account } = context.compiled
  const { errors } = checkPolicy(parsing.policy, account)
  if (errors.length > 0) return { type: 'invalid', faults: errors }

  const next = compilePolicy(parsing.policy, account)
  const isCovered = covers(policyNeeds(context.compiled), policyNeeds(next))
  const work = isCovered && parsing.policy.clientEntity === context.policy.clientEntity ? 'redecide' : 'backfill'
  const saved = await parts.policies.save(context.id, base, parsing.policy, author)
  if (!saved) return { type: 'outdated' }
  const run = `policy-${saved.version}`
  await parts.queues.add(context.id, [work === 'redecide' ? redecideJob(run) : backfillJob(run)])
  return { type: 'applied', version: saved.version, work }
}

/** Whether the mirror already keeps every field the new policy looks at. */
function covers(kept: PolicyNeeds, wanted: PolicyNeeds): boolean {
  const lists = ['leadFields', 'contactFields', 'companyFields'] as const
  return lists.every((list) => wanted[list].every((id) => kept[list].includes(id)))
}
