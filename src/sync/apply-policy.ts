import { compilePolicy } from '../segmentation/compile-policy.ts'
import { type Policy, parsePolicy } from '../segmentation/policy.ts'
import { policyTags } from '../segmentation/policy-tags.ts'
import { clientKey } from '../store/client-key.ts'
import type { PolicyStore, Rollout } from '../store/policy-store.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { forgetCheckpoint } from './backfill-state.ts'
import { rolloutJob } from './job-catalog.ts'
import { changesSince, keepPreview } from './kept-previews.ts'
import { checkPolicyHere } from './outgoing/check-policy-here.ts'
import { type Preview, previewed, retired } from './preview.ts'
import type { PreviewChanges } from './preview-work.ts'
import { isReadingNeeded } from './reading-needed.ts'
import { withFieldsOf } from './retired-fields.ts'
import { rolloutRun } from './rollout.ts'

export interface PolicyFault {
  readonly path: string
  readonly message: string
  /** What to do about it, where the message does not say it. */
  readonly advice?: string
}

export interface PolicyChange {
  /** The policy as a person wrote it. */
  readonly policy: unknown
  /** Version it is based on; 0: none was saved yet. */
  readonly base: number
  readonly author: string
  /**
   * `all`: every client is made to agree. `only_new`: those who are answered differently from now on. `trial`: besides
   * these the few that the preview names.
   */
  readonly scope: Rollout['scope']
  /** Fingerprint of the preview that was looked at; null: none was. */
  readonly previewed: string | null
}

export type PolicyApplication =
  /** Saved; the run of this name makes the clients agree, with the base read again where the mirror lacks a field. */
  | { readonly type: 'applied'; readonly version: number; readonly run: string; readonly work: 'redecide' | 'backfill' }
  /** Nothing was saved. */
  | { readonly type: 'invalid'; readonly faults: readonly PolicyFault[] }
  /** Somebody saved another version since `base`; nothing was saved. */
  | { readonly type: 'outdated'; readonly version: number }
  /** The base changed since the preview: this is what would be done now. Nothing was saved. */
  | { readonly type: 'changed'; readonly preview: Preview; readonly changes: PreviewChanges | null }

export interface ApplyParts {
  readonly policies: PolicyStore
  readonly queues: AccountQueues
  readonly requestsPerSecond: number
}

/** Checks and saves a policy, and makes the clients agree with it. */
export async function applyPolicy(
  context: AccountContext,
  parts: ApplyParts,
  change: PolicyChange,
): Promise<PolicyApplication> {
  const checked = checkedPolicy(context, change.policy)
  if ('faults' in checked) return { type: 'invalid', faults: checked.faults }
  const { policy } = checked
  const isTrial = change.scope === 'trial'
  const now = isTrial || change.previewed !== null ? await previewed(context, policy, parts) : null
  if (now && change.previewed !== null && now.preview.fingerprint !== change.previewed) {
    await keepPreview(context, now)
    const changes = await changesSince(context, change.previewed, now.work)
    return { type: 'changed', preview: now.preview, changes }
  }
  // Before the policy: who hears of it and builds its context anew has to find them.
  await retirePolicies(context, parts.policies)
  const work = isReadingNeeded(context.compiled, compilePolicy(policy, context.compiled.account))
    ? 'backfill'
    : 'redecide'
  const rollout: Rollout = {
    scope: change.scope,
    work,
    ...(isTrial && now && { clients: now.preview.trial.map(clientKey) }),
  }
  const saved = await parts.policies.save(context.id, change.base, policy, change.author, rollout)
  if (!saved) return { type: 'outdated', version: (await parts.policies.current(context.id))?.version ?? 0 }
  if (work === 'backfill') await forgetCheckpoint(context.notes)
  const run = rolloutRun(saved.version)
  await context.runs.asked(context.id, run, change.author, context.clock())
  await parts.queues.add(context.id, [rolloutJob(saved.version, rollout)])
  return { type: 'applied', version: saved.version, run, work }
}

/**
 * Notes the tags and fields of the policy in force, and that of this context, as ours for ever: they may still stand
 * somewhere. None is ever taken from the list; what the next policy wants is left alone anyway.
 */
async function retirePolicies(context: AccountContext, policies: PolicyStore): Promise<void> {
  const { notes } = context
  const { retiredTags, retiredFields } = retired(context)
  const current = parsePolicy((await policies.current(context.id))?.policy ?? {})
  const inForce = current.type === 'ok' ? current.policy : context.policy
  const noted = (await notes.get<string[]>('retired-tags')) ?? []
  await notes.set('retired-tags', [...new Set([...noted, ...retiredTags, ...policyTags(inForce)])])
  await notes.set('retired-fields', withFieldsOf(retiredFields, compilePolicy(inForce, context.compiled.account)))
}

/** The policy, or all of its faults: of its form first, then against the account. */
export function checkedPolicy(
  context: AccountContext,
  input: unknown,
): { readonly policy: Policy } | { readonly faults: readonly PolicyFault[] } {
  const parsing = parsePolicy(input)
  if (parsing.type === 'invalid') return { faults: parsing.problems }
  const { errors } = checkPolicyHere(context, parsing.policy)
  return errors.length > 0 ? { faults: errors } : { policy: parsing.policy }
}
