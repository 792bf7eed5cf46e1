import { isFrozen } from '../../segmentation/desired.ts'
import type { ClientRef } from '../../segmentation/verdict.ts'
import type { ClientDoc } from '../../store/client-doc.ts'
import { clientKey } from '../../store/client-key.ts'
import type { JournalAction, Recorded } from '../../store/journal.ts'
import type { AccountContext } from '../account-context.ts'
import { clientFacts } from '../client-facts.ts'
import { RunChange, type Standing } from '../run-changes.ts'
import type { LeftEntity } from '../run-report.ts'

/** What an undo of a run would come to, as the mirror knows the base this moment. */
export interface UndoOutlook {
  /** Contacts, companies and deals the run wrote to. */
  readonly entities: number
  /** Of the first `looked` of them: those that would stand again as before. */
  readonly restored: number
  readonly looked: number
  /** Those that would be left as they are, and why; the first of them. */
  readonly leftCount: number
  readonly left: readonly LeftEntity[]
  /** What only people can take back; the first of it. */
  readonly keptCount: number
  readonly kept: readonly Recorded<JournalAction>[]
}

/** Entities that are looked at one by one: an answer while somebody waits for it. */
const LOOKED = 20_000
const LISTED = 200
const AT_ONCE = 250

/** Says what an undo would take back and what not: from the journal and the mirror, without a call to amoCRM. */
export const undoOutlook = async (context: AccountContext, run: string): Promise<UndoOutlook> => {
  const { changes, entities } = await changesOf(context, run)
  const left: LeftEntity[] = []
  for (let at = 0; at < changes.length; at += AT_ONCE) {
    const some = changes.slice(at, at + AT_ONCE)
    const docs = await docsOf(
      context,
      some.map(({ client }) => client),
    )
    for (const change of some) {
      const outcome = outcomeOf(context, change, docs.get(clientKey(change.client)))
      const { entity, entityId, client } = change
      if (outcome !== 'restored') left.push({ entity, entityId, client, outcome })
    }
  }
  const kept = await keptOf(context, run)
  return {
    ...{ entities, looked: changes.length, restored: changes.length - left.length },
    ...{ leftCount: left.length, left: left.slice(0, LISTED), ...kept },
  }
}

const changesOf = async ({ journal, id }: AccountContext, run: string) => {
  const changes = new Map<string, RunChange>()
  const others = new Set<string>()
  for await (const entries of journal.ofRun(id, run)) {
    for (const entry of entries) {
      const key = `${entry.entity}/${entry.entityId}`
      const known = changes.get(key)
      if (!known && changes.size >= LOOKED) {
        others.add(key)
        continue
      }
      const change = known ?? new RunChange(entry)
      change.addEarlier(entry)
      changes.set(key, change)
    }
  }
  return { changes: [...changes.values()], entities: changes.size + others.size }
}

const docsOf = async ({ mirror, id }: AccountContext, refs: readonly ClientRef[]): Promise<Map<string, ClientDoc>> => {
  const distinct = new Map(refs.map((ref) => [clientKey(ref), ref]))
  const docs = await mirror.readMany(id, [...distinct.values()])
  return new Map(docs.map((doc) => [clientKey(doc.ref), doc]))
}

const outcomeOf = (
  { compiled }: AccountContext,
  change: RunChange,
  doc: ClientDoc | undefined,
): 'restored' | LeftEntity['outcome'] => {
  const standing = doc && standingOf(change, doc)
  if (!standing || !doc?.card) return 'gone'
  const stands = change.stands(standing)
  if (stands === 'neither') return 'changed_since'
  const frozen = stands === 'as_left' && isFrozen(clientFacts({ ...doc, card: doc.card }), compiled)
  return frozen ? 'frozen' : 'restored'
}

const standingOf = ({ entity, entityId }: RunChange, doc: ClientDoc): Standing | null => {
  if (entity !== 'leads') return doc.card && { ...doc.card, status: null }
  const deal = doc.deals.find(({ id }) => id === entityId)
  return deal === undefined ? null : { ...deal, status: { pipelineId: deal.pipelineId, statusId: deal.statusId } }
}

const keptOf = async (
  { journal, id }: AccountContext,
  run: string,
): Promise<Pick<UndoOutlook, 'kept' | 'keptCount'>> => {
  const kept: Recorded<JournalAction>[] = []
  let keptCount = 0
  for await (const some of journal.actionsOf(id, run)) {
    keptCount += some.length
    kept.push(...some.slice(0, LISTED - kept.length))
  }
  return { kept, keptCount }
}
