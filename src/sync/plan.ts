import type { EntityPatch, EntityType, FieldPatch } from '../amocrm/amo-api.ts'
import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import { isOpenDeal } from '../segmentation/deal-state.ts'
import { cardDeal, desiredState, isFrozen, ownedTags } from '../segmentation/desired.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import type { Desired, Verdict } from '../segmentation/verdict.ts'
import { leftovers, NO_RETIRED_FIELDS, type RetiredFields } from './retired-fields.ts'

/** One write still to be made to one entity. */
export interface PlannedWrite {
  readonly type: EntityType
  readonly patch: EntityPatch
  /** Where a deal stands before it is moved; null when it is not moved. */
  readonly movedFrom: { readonly pipelineId: number; readonly statusId: number } | null
  /** What stands in the fields that are patched, by id. */
  readonly fieldsBefore: Readonly<Record<string, string | number | boolean | null>>
}

/** Not a client: no tag of ours, no option chosen in a field of ours. */
function nothing({ kind }: ClientFacts, { targetFields }: CompiledPolicy): Desired {
  const fields = Object.fromEntries(
    Object.values(targetFields[kind]).flatMap((id) => (id === null ? [] : [[id, null]])),
  )
  return { clientTags: [], dealTags: [], tagsByDeal: {}, fields, card: null }
}

/**
 * The difference between what the verdict asks for and what stands in amoCRM: the writes still to be made, none when
 * all is right. A null verdict means "not a client": whatever of ours stands is taken away.
 *
 * @param retired tags that former policies of the account set: ours too, and to be taken away.
 * @param retiredFields the same of fields.
 */
export function planWrites(
  client: ClientFacts,
  verdict: Verdict | null,
  policy: CompiledPolicy,
  retired: ReadonlySet<string> = new Set(),
  retiredFields: RetiredFields = NO_RETIRED_FIELDS,
): PlannedWrite[] {
  if (isFrozen(client, policy)) return []
  const desired = verdict ? desiredState(client, verdict, policy) : nothing(client, policy)
  const owned = ownedTags(policy)
  const isOurs = (tag: string) => owned.has(tag) || retired.has(tag)
  const writes: PlannedWrite[] = []

  const tags = tagDifference(client.tags, desired.clientTags, isOurs)
  const cleared = leftovers(client, desired.fields, retiredFields)
  const fields = fieldDifference(client.fields, { ...cleared, ...desired.fields })
  if (tags || fields) {
    const type = client.kind === 'contact' ? 'contacts' : 'companies'
    const patch = { id: client.id, ...(tags && { tags }), ...(fields && { fields }) }
    writes.push({ type, patch, movedFrom: null, fieldsBefore: fields ? standingValues(client.fields, fields) : {} })
  }
  const card = desired.card && cardDeal(client, policy)
  for (const deal of client.deals) {
    if (!isOpenDeal(deal)) continue
    const wanted = [...desired.dealTags, ...(desired.tagsByDeal[deal.id] ?? [])]
    const dealTags = tagDifference(deal.tags, wanted, isOurs)
    const status = desired.card && card?.id === deal.id ? moveOf(deal, desired.card) : null
    if (!dealTags && !status) continue
    const patch = { id: deal.id, ...(dealTags && { tags: dealTags }), ...(status && { status }) }
    const movedFrom = status && { pipelineId: deal.pipelineId, statusId: deal.statusId }
    writes.push({ type: 'leads', patch, movedFrom, fieldsBefore: {} })
  }
  return writes
}

/** Only tags of the policy are ever removed; null when nothing differs. */
function tagDifference(
  standing: readonly string[],
  wanted: readonly string[],
  isOurs: (tag: string) => boolean,
): { add: string[]; remove: string[] } | null {
  const stands = new Set(standing)
  const wants = new Set(wanted)
  const add = [...wants].filter((tag) => !stands.has(tag))
  const remove = [...stands].filter((tag) => isOurs(tag) && !wants.has(tag))
  return add.length + remove.length > 0 ? { add, remove } : null
}

/** Select fields whose chosen option is not the wanted one; null when nothing differs. */
function fieldDifference(
  standing: ClientFacts['fields'],
  wanted: Desired['fields'],
): Record<number, FieldPatch | null> | null {
  const differing = Object.entries(wanted).filter(([id, option]) => (standing[id]?.values[0] ?? null) !== option)
  if (differing.length === 0) return null
  return Object.fromEntries(differing.map(([id, option]) => [id, option === null ? null : { value: option }]))
}

function standingValues(
  standing: ClientFacts['fields'],
  patched: Readonly<Record<number, unknown>>,
): PlannedWrite['fieldsBefore'] {
  return Object.fromEntries(Object.keys(patched).map((id) => [id, standing[id]?.values[0] ?? null]))
}

function moveOf(
  deal: { readonly pipelineId: number; readonly statusId: number },
  to: { readonly pipelineId: number; readonly statusId: number },
): { pipelineId: number; statusId: number } | null {
  if (deal.pipelineId === to.pipelineId && deal.statusId === to.statusId) return null
  return { pipelineId: to.pipelineId, statusId: to.statusId }
}
