import type { EntityPatch, WriteOutcome } from '../amocrm/amo-api.ts'
import type { FieldFact, FieldFacts } from '../segmentation/facts.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import type { PlannedWrite } from './plan.ts'

/** A write with how it ended. */
export interface DoneWrite {
  readonly write: PlannedWrite
  readonly outcome: WriteOutcome
  /** Milliseconds: when it had ended. */
  readonly endedAt: number
}

/** The document as amoCRM stands after the writes, so that the next plan finds nothing left to do. */
export function withWritten(doc: ClientDoc, done: readonly DoneWrite[]): ClientDoc {
  return done.reduce(applyOne, doc)
}

function applyOne(doc: ClientDoc, { write, outcome, endedAt }: DoneWrite): ClientDoc {
  if (outcome.type !== 'written') return doc
  const { id, tags, status, fields } = write.patch
  const mend = <Part extends { readonly tags: readonly string[]; readonly fields: FieldFacts }>(part: Part): Part => ({
    ...part,
    fields: withFields(part.fields, fields),
    tags: [...part.tags.filter((tag) => !tags?.remove.includes(tag) && !tags?.add.includes(tag)), ...(tags?.add ?? [])],
    wroteAt: endedAt,
  })
  if (write.type !== 'leads') return doc.card ? { ...doc, card: mend(doc.card) } : doc
  const moved = status && { ...status, statusSince: outcome.updatedAt ?? Math.floor(endedAt / 1000) }
  const deals = doc.deals.map((deal) => (deal.id === id ? { ...mend(deal), ...moved } : deal))
  return { ...doc, deals }
}

function withFields(standing: FieldFacts, patch: EntityPatch['fields']): FieldFacts {
  if (!patch) return standing
  const fields: Record<string, FieldFact> = { ...standing }
  for (const [id, change] of Object.entries(patch)) {
    if (change === null) delete fields[id]
    else fields[id] = 'value' in change ? { values: [change.value] } : { values: [], enumIds: [change.enumId] }
  }
  return fields
}
