import type { EntityPatch, EntityType, WriteOutcome } from '../amocrm/amo-api.ts'
import { decide } from '../segmentation/decide.ts'
import type { FieldFacts } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import type { JournalEntry } from '../store/journal.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { answersOf } from './answers-of.ts'
import { withWritten } from './apply-writes.ts'
import { clientFacts, countsAsClient } from './client-facts.ts'
import type { PlannedWrite } from './plan.ts'

/** What became of an entity a run had written. */
export interface UndoneEntity {
  readonly entity: EntityType
  readonly entityId: number
  readonly client: ClientRef
  /**
   * `restored`; `changed_since`: a person (or a later run) changed what the run had left; `gone`: not in amoCRM any
   * more; `refused`: amoCRM did not take the write.
   */
  readonly outcome: 'restored' | 'changed_since' | 'gone' | 'refused'
}

/** How an undo went. Tasks, notes, Salesbots and outgoing webhooks of a run can't be taken back. */
export interface UndoReport {
  readonly run: string
  readonly restored: number
  /** Entities left as they are, at most `LISTED` of them, and why. */
  readonly left: readonly UndoneEntity[]
  readonly leftCount: number
}

const LISTED = 1_000

/**
 * Takes back what a run wrote: tags, fields and statuses stand again as before it, wherever they still stand as it left
 * them. The clients are held at their present answers, or the next look would write the same again.
 */
export async function undo(context: AccountContext, run: string, signal: AbortSignal): Promise<UndoReport | null> {
  const report = { run, restored: 0, left: [] as UndoneEntity[], leftCount: 0 }
  for await (const entries of context.journal.ofRun(context.id, run)) {
    if (signal.aborted) return null
    const undone = await Promise.all(entries.map((entry) => undoOne(context, entry)))
    report.restored += undone.filter(({ outcome }) => outcome === 'restored').length
    const left = undone.filter(({ outcome }) => outcome !== 'restored')
    report.leftCount += left.length
    report.left.push(...left.slice(0, LISTED - report.left.length))
  }
  return report
}

async function undoOne(context: AccountContext, entry: JournalEntry): Promise<UndoneEntity> {
  const about = { entity: entry.entity, entityId: entry.entityId, client: entry.client }
  const standing = await readStanding(context, entry)
  if (!standing) return { ...about, outcome: 'gone' }
  const patch = inversePatch(entry, standing)
  if (!patch) return { ...about, outcome: 'changed_since' }
  await hold(context, entry.client)
  await context.journal.record(context.id, [inverseEntry(entry)])
  const outcome = await context.api.update(entry.entity, patch, 'due')
  await noteWritten(context, entry, patch, outcome)
  if (outcome.type === 'written') return { ...about, outcome: 'restored' }
  return { ...about, outcome: outcome.type }
}

interface Standing {
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  readonly status: { readonly pipelineId: number; readonly statusId: number } | null
}

/** The entity as it stands in amoCRM this moment; the calls of neighbours go out together. */
async function readStanding(context: AccountContext, { entity, entityId }: JournalEntry): Promise<Standing | null> {
  if (entity === 'leads') {
    const lead = await context.api.lead(entityId, 'due')
    return lead && { ...lead, status: { pipelineId: lead.pipelineId, statusId: lead.statusId } }
  }
  const card = await (entity === 'contacts'
    ? context.api.contact(entityId, 'due')
    : context.api.company(entityId, 'due'))
  return card && { ...card, status: null }
}

/** Null: it does not stand as the run left it. */
function inversePatch(entry: JournalEntry, standing: Standing): EntityPatch | null {
  const tags = new Set(standing.tags)
  const isAsLeft =
    entry.tagsAdded.every((tag) => tags.has(tag)) &&
    entry.tagsRemoved.every((tag) => !tags.has(tag)) &&
    (entry.statusAfter === null || standing.status?.statusId === entry.statusAfter.statusId) &&
    Object.entries(entry.fieldsAfter).every(([id, value]) => (standing.fields[id]?.values[0] ?? null) === value)
  if (!isAsLeft) return null
  const fields = Object.entries(entry.fieldsBefore).map(([id, value]) => [id, value === null ? null : { value }])
  return {
    id: entry.entityId,
    ...(entry.tagsAdded.length + entry.tagsRemoved.length > 0 && {
      tags: { add: entry.tagsRemoved, remove: entry.tagsAdded },
    }),
    ...(entry.statusBefore && { status: entry.statusBefore }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
  }
}

function inverseEntry(entry: JournalEntry): JournalEntry {
  return {
    ...entry,
    run: `undo-${entry.run}`,
    tagsAdded: entry.tagsRemoved,
    tagsRemoved: entry.tagsAdded,
    statusBefore: entry.statusAfter,
    statusAfter: entry.statusBefore,
    fieldsBefore: entry.fieldsAfter,
    fieldsAfter: entry.fieldsBefore,
  }
}

/** Leaves the client as he stands for as long as he is answered as now. */
async function hold(context: AccountContext, ref: ClientRef): Promise<void> {
  await context.mirror.update(context.id, ref, (doc) => {
    if (!doc?.card || !countsAsClient(context, doc)) return doc
    const facts = clientFacts({ ...doc, card: doc.card })
    const held = answersOf(decide(facts, context.compiled, nowSeconds(context)))
    return doc.held === held ? doc : { ...doc, held }
  })
}

async function noteWritten(
  context: AccountContext,
  entry: JournalEntry,
  patch: EntityPatch,
  outcome: WriteOutcome,
): Promise<void> {
  const write: PlannedWrite = { type: entry.entity, patch, movedFrom: null, fieldsBefore: {} }
  const done = [{ write, outcome, endedAt: context.clock() }]
  const { after } = await context.mirror.update(
    context.id,
    entry.client,
    (doc: ClientDoc | null) => doc && withWritten(doc, done),
  )
  if (!after) context.log.debug({ client: clientKey(entry.client) }, 'undone on a client that is not mirrored any more')
}
