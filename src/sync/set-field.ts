import type { EntityType } from '../amocrm/amo-api.ts'
import type { FieldFact } from '../segmentation/facts.ts'
import type { Intent } from '../store/intents.ts'
import type { AccountContext } from './account-context.ts'
import { type Action, type ActResult, entityTypeOf } from './acting.ts'

/** Sets a field, unless it stands so already; in the journal first, so that it can be undone. */
export async function setField(
  context: AccountContext,
  { client, run }: Intent,
  { entity, fieldId, value, actionId }: Action<'field'>,
): Promise<ActResult> {
  const entityType = entityTypeOf(entity)
  const card = await readCard(context, entityType, entity.id)
  if (!card) return { type: 'skipped', why: `${entityType}/${entity.id} is gone` }
  const [standing = null, ...more] = (card.fields[fieldId] as FieldFact | undefined)?.values ?? []
  if (standing === value && more.length === 0) return { type: 'skipped', why: `field ${fieldId} stands so already` }

  const what = `field ${fieldId} of ${entityType}/${entity.id}`
  // Several values can't be put back by one: such a change is listed, not undone.
  const isUndoable = more.length === 0
  if (isUndoable) {
    const nothing = { tagsAdded: [], tagsRemoved: [], statusBefore: null, statusAfter: null }
    const fields = { fieldsBefore: { [fieldId]: standing }, fieldsAfter: { [fieldId]: value } }
    const where = { client, entity: entityType, entityId: entity.id, run }
    await context.journal.record(context.id, [{ ...where, ...nothing, ...fields, reasons: [`action.${actionId}`] }])
  }
  const fields = { [fieldId]: value === null ? null : { value } }
  const outcome = await context.api.update(entityType, { id: entity.id, fields }, 'due')
  if (outcome.type !== 'written') return { type: 'skipped', why: `${what}: ${outcome.type}` }
  return isUndoable ? { type: 'written', what } : { type: 'made', what }
}

function readCard(context: AccountContext, type: EntityType, id: number) {
  if (type === 'leads') return context.api.lead(id, 'due')
  return type === 'contacts' ? context.api.contact(id, 'due') : context.api.company(id, 'due')
}
