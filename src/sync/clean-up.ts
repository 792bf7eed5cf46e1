import { isOpenDeal } from '../segmentation/deal-state.ts'
import { isFrozen, ownedTags } from '../segmentation/desired.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { everyClient } from '../store/every-client.ts'
import type { JournalEntry } from '../store/journal.ts'
import type { AccountContext } from './account-context.ts'
import { withWritten } from './apply-writes.ts'
import { clientFacts } from './client-facts.ts'
import { journalChanges } from './journal-changes.ts'
import { type PlannedWrite, planWrites } from './plan.ts'
import { withFieldsOf } from './retired-fields.ts'
import { type RunReport, RunReportDraft } from './run-report.ts'
import { type TakeBack, takeBack } from './take-back.ts'
import { WorkWindow } from './work-window.ts'
import { writeAll } from './write-all.ts'

/** Handfuls of some 250 clients cleaned at once, so that their writes fill whole batches. */
const HANDFULS = 8

/**
 * Takes away everything of ours that stands on the clients and their deals, closed ones too: tags and select fields. As far
 * back as the journal goes, deals that still stand where we put them go back to where they stood, and fields hold again
 * what they held. For an account that lets the integration go; its work has to rest, or the next look would put them back. Clients with the
 * stop tag are left as they are, and said to be. Null: the signal stopped it before its end.
 */
export async function cleanUp(context: AccountContext, run: string, signal: AbortSignal): Promise<RunReport | null> {
  const draft = new RunReportDraft(run)
  const handfuls = new WorkWindow<unknown>(HANDFULS, async () => {})
  for await (const docs of everyClient(context.mirror, context.id)) {
    if (signal.aborted) break
    await handfuls.add(Promise.all(docs.map((doc) => cleanOne(context, doc, run, draft))))
  }
  await handfuls.drain()
  if (signal.aborted || !(await putBack(context, { run, holds: false, draft, signal }))) return null
  await draft.addKept(context.journal.actionsOf(context.id, null))
  return draft.report()
}

async function cleanOne(context: AccountContext, doc: ClientDoc, run: string, draft: RunReportDraft): Promise<void> {
  if (!doc.card) return
  const facts = clientFacts({ ...doc, card: doc.card })
  const entity = facts.kind === 'contact' ? 'contacts' : 'companies'
  if (isFrozen(facts, context.compiled)) {
    if (hasOurs(context, facts)) draft.addLeft({ entity, entityId: facts.id, client: doc.ref, outcome: 'frozen' })
    return
  }
  const writes = [...ofOurs(context, facts), ...onClosedDeals(context, facts)]
  if (writes.length === 0) return
  const done = await writeAll(context, doc, writes, null, { priority: 'backfill', run })
  await context.mirror.update(context.id, doc.ref, (current) => current && withWritten(current, done))
  for (const { write, outcome } of done) {
    const left = { entity: write.type, entityId: write.patch.id, client: doc.ref }
    if (outcome.type === 'written') draft.addRestored()
    else draft.addLeft({ ...left, outcome: outcome.type })
  }
}

function ofOurs({ compiled, retiredTags, retiredFields }: AccountContext, facts: ClientFacts): PlannedWrite[] {
  return planWrites(facts, null, compiled, retiredTags, retiredFields)
}

/** What is no tag: those were taken away wherever they stand. */
async function putBack(context: AccountContext, options: TakeBack): Promise<boolean> {
  const part = (entry: JournalEntry) =>
    entry.statusAfter === null && Object.keys(entry.fieldsAfter).length === 0
      ? null
      : { ...entry, tagsAdded: [], tagsRemoved: [] }
  const shown = withFieldsOf(context.retiredFields, context.compiled)
  const kinds = { contacts: 'contact', companies: 'company' } as const
  for await (const changes of journalChanges(context, null, part)) {
    for (const change of changes) {
      // Where the journal does not go back to our first write, what stood before is ours as well.
      const ours = change.entity === 'leads' ? {} : shown[kinds[change.entity]]
      change.dropFields((id, before) => ours[id]?.includes(String(before)) ?? false)
    }
    const differing = changes.filter((change) => !change.isNothing)
    if (!(await takeBack(context, differing, options))) return false
  }
  return true
}

/** A closed deal keeps the tags it was closed with; while the integration is there, that is. */
function onClosedDeals(context: AccountContext, { deals }: ClientFacts): PlannedWrite[] {
  return deals.flatMap((deal) => {
    const remove = isOpenDeal(deal) ? [] : oursAmong(context, deal.tags)
    const patch = { id: deal.id, tags: { add: [], remove } }
    return remove.length === 0 ? [] : [{ type: 'leads' as const, patch, movedFrom: null, fieldsBefore: {} }]
  })
}

function hasOurs(context: AccountContext, { tags, deals }: ClientFacts): boolean {
  return [tags, ...deals.map((deal) => deal.tags)].some((some) => oursAmong(context, some).length > 0)
}

function oursAmong({ compiled, retiredTags }: AccountContext, tags: readonly string[]): string[] {
  const owned = ownedTags(compiled)
  return tags.filter((tag) => owned.has(tag) || retiredTags.has(tag))
}
