import { hash } from 'node:crypto'
import { isFrozen } from '../segmentation/desired.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import { type PlannedAction, planActions } from '../segmentation/plan-actions.ts'
import type { Policy } from '../segmentation/policy.ts'
import { policyTags } from '../segmentation/policy-tags.ts'
import { segmentsOf } from '../segmentation/transitions.ts'
import type { ClientRef, Verdict } from '../segmentation/verdict.ts'
import type { CardFacts, ClientDoc } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import { everyClient } from '../store/every-client.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { clientFacts, countsAsClient } from './client-facts.ts'
import { decideSettled } from './decide-settled.ts'
import { withMissingCard } from './ensure-card.ts'
import { compileAsApplied } from './gap-figures.ts'
import { planWrites } from './plan.ts'
import { type ClientCost, PreviewCost } from './preview-cost.ts'
import { PreviewMoves } from './preview-moves.ts'
import { PreviewTrial } from './preview-trial.ts'
import { PreviewWork } from './preview-work.ts'
import { isReadingNeeded, readingRequests } from './reading-needed.ts'
import { withFieldsOf } from './retired-fields.ts'

/** What a policy would do to the whole base. */
export interface Preview extends ReturnType<PreviewMoves['total']> {
  readonly clients: number
  /** Clients whose own card was not read yet: they are not in these figures. */
  readonly unread: number
  readonly cost: ReturnType<PreviewCost['total']>
  /**
   * The policy looks at fields that the mirror does not keep, or at other clients: applying it reads the base first
   * (`cost.reading`), and until then these figures are those of clients without these fields.
   */
  readonly needsReading: boolean
  /** Clients of those it would write to whom a trial is brought: chosen by chance, always the same for one fingerprint. */
  readonly trial: readonly ClientRef[]
  /** The same for the same policy and the same work on the same clients: tells whether the base changed since. */
  readonly fingerprint: string
}

/** A preview, and what of it is needed to tell later what changed since. */
export interface Previewed {
  readonly preview: Preview
  readonly work: PreviewWork
}

interface Limits {
  readonly requestsPerSecond: number
}

/** What a policy would change, computed from the mirror alone: no call to amoCRM, nothing written anywhere. */
export async function preview(context: AccountContext, policy: Policy, limits: Limits): Promise<Preview> {
  return (await previewed(context, policy, limits)).preview
}

export async function previewed(context: AccountContext, policy: Policy, limits: Limits): Promise<Previewed> {
  const compiled = await compileAsApplied(context, policy)
  const next: AccountContext = { ...context, policy, compiled, ...retired(context) }
  const now = nowSeconds(context)
  const moves = new PreviewMoves()
  const cost = new PreviewCost()
  const counts = { deals: 0, contacts: 0, companies: 0 }
  let unread = 0
  const trial = new PreviewTrial()
  const works = new PreviewWork()
  let fingerprint = digest(JSON.stringify(policy))
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const doc of docs) {
      counts.deals += doc.deals.length
      counts[doc.ref.kind === 'contact' ? 'contacts' : 'companies'] += 1
      if (!isRead(doc)) {
        unread += 1
        continue
      }
      const { verdict, ...part } = workOn(next, doc, now)
      moves.add(doc.ref, doc.decided, verdict && segmentsOf(verdict))
      cost.add(part)
      // Order of the clients must not matter, so the digests are combined by exclusive or.
      const work = digestOf(doc.ref, part)
      fingerprint ^= work
      works.add(doc.ref, work)
      if (part.writes.length > 0 || part.card) trial.add(doc.ref, work)
    }
  }
  const needsReading = isReadingNeeded(context.compiled, compiled)
  const shown: Preview = {
    ...moves.total(),
    clients: counts.contacts + counts.companies - unread,
    unread,
    cost: cost.total(limits.requestsPerSecond, needsReading ? readingRequests(counts) : 0),
    needsReading,
    trial: trial.chosen(),
    fingerprint: fingerprint.toString(16).padStart(16, '0'),
  }
  return { preview: shown, work: works }
}

/** Every tag and field that the account's policies wrote so far: what of them the next policy does not want is to go. */
export function retired({
  policy,
  compiled,
  retiredTags,
  retiredFields,
}: AccountContext): Pick<AccountContext, 'retiredTags' | 'retiredFields'> {
  return {
    retiredTags: new Set([...retiredTags, ...policyTags(policy)]),
    retiredFields: withFieldsOf(retiredFields, compiled),
  }
}

type ReadDoc = ClientDoc & { readonly card: CardFacts }

function isRead(doc: ClientDoc): doc is ReadDoc {
  return doc.card !== null
}

function workOn(next: AccountContext, doc: ReadDoc, now: number): ClientCost & { readonly verdict: Verdict | null } {
  const facts = clientFacts(doc)
  const answer = countsAsClient(next, doc) ? decideSettled(facts, next.compiled, now) : null
  const added = withMissingCard(next, facts, answer)
  const { client, verdict } = added ?? { client: facts, verdict: answer }
  return {
    verdict,
    writes: planWrites(client, verdict, next.compiled, next.retiredTags, next.retiredFields),
    actions: verdict ? entryActions(next, doc, client, verdict) : [],
    card: added !== null,
  }
}

function entryActions(
  { compiled }: AccountContext,
  { decided, fired }: ReadDoc,
  client: ClientFacts,
  verdict: Verdict,
): PlannedAction[] {
  if (!actsOnWholeBase(compiled.policy) || isFrozen(client, compiled)) return []
  const lastFiredAt = (actionId: string) => fired[actionId] ?? null
  return planActions(decided, verdict, client, compiled, { backfill: true, lastFiredAt })
}

function actsOnWholeBase({ actions, rules }: Policy): boolean {
  return [...actions, ...rules].some((one) => one.actions.some((action) => action.duringBackfill))
}

const NOTHING = 0n

function digestOf(ref: ClientRef, { writes, actions, card }: ClientCost): bigint {
  if (writes.length === 0 && actions.length === 0 && !card) return NOTHING
  const patches = writes.map(({ type, patch: { tags, ...patch } }) => [
    type,
    patch,
    tags && [tags.add.toSorted(), tags.remove.toSorted()],
  ])
  return digest(JSON.stringify([clientKey(ref), patches, actions.map(({ key }) => key), card]))
}

function digest(text: string): bigint {
  return hash('sha256', text, 'buffer').readBigUInt64BE(0)
}
