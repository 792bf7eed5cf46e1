import type { LeadDraft, LeadPatch } from '../changes/patch.ts'
import { type Lead, LOST } from '../world/model.ts'
import { isClosing } from '../world/world.ts'
import type { ApiCall } from './api-call.ts'
import type { ItemReader } from './item-reader.ts'
import { BIRTH_KEYS, CARD_KEYS, defined, readCardPatch } from './read-card-patch.ts'

const LEAD_KEYS = [...CARD_KEYS, 'price', 'status_id', 'pipeline_id', 'loss_reason_id', 'closed_at']

/** Reads a change of a deal that stands as `lead`; undefined: of a new one. */
export function readLeadPatch(
  call: ApiCall,
  reader: ItemReader,
  lead: Lead | undefined,
  more: readonly string[] = [],
  embeddedKeys: readonly string[] = ['tags'],
): LeadPatch {
  reader.onlyKeys(new Set([...LEAD_KEYS, ...more]))
  const stage = readStage(call, reader, lead)
  return {
    ...readCardPatch(call, 'leads', reader, embeddedKeys),
    ...defined({ price: reader.wholeOrNull('price') }),
    ...defined(stage),
    ...readOutcome(call, reader, stage.statusId ?? lead?.statusId),
  }
}

const DRAFT_KEYS = [...BIRTH_KEYS, 'visitor_uid']
const DRAFT_EMBEDDED = ['tags', 'contacts', 'companies', 'source', 'metadata']

/** Reads a new deal: contacts and the company may be given here, later only through links. */
export function readLeadDraft(call: ApiCall, reader: ItemReader): LeadDraft {
  const patch = readLeadPatch(call, reader, undefined, DRAFT_KEYS, DRAFT_EMBEDDED)
  const embedded = reader.object('_embedded')
  const contacts = embedded?.objects('contacts') ?? []
  const contactIds = contacts.flatMap((entry) => linkedId(entry, ['id', 'is_main'], call.world.contacts))
  const main = contacts.find((entry) => entry.flag('is_main') === true)?.whole('id')
  const companies = embedded?.objects('companies') ?? []
  if (companies.length > 1) embedded?.refuse('TooManyElements', 'companies', 'A lead has one company at most.')
  const [companyId] = companies.flatMap((entry) => linkedId(entry, ['id'], call.world.companies))
  return { ...patch, contactIds, ...defined({ mainContactId: main, companyId }) }
}

function linkedId(
  entry: ItemReader,
  keys: readonly string[],
  shelf: { get(id: number): object | undefined },
): readonly number[] {
  entry.onlyKeys(new Set(keys))
  entry.require('id')
  const id = entry.whole('id')
  if (id === undefined) return []
  if (shelf.get(id) !== undefined) return [id]
  entry.refuse('NotSupportedChoice', 'id', 'The value you selected is not a valid choice.')
  return []
}

/** The stage must belong to the pipeline named beside it, or to the one the deal stands in. */
function readStage(call: ApiCall, reader: ItemReader, lead: Lead | undefined) {
  const { world } = call
  const pipelineId = reader.whole('pipeline_id')
  const statusId = reader.whole('status_id')
  if (pipelineId !== undefined && !world.pipelines.has(pipelineId)) {
    reader.refuse('NotSupportedChoice', 'pipeline_id', 'The value you selected is not a valid choice.')
    return {}
  }
  if (statusId === undefined) return { pipelineId }
  const pipeline = pipelineId ?? lead?.pipelineId ?? world.mainPipeline.id
  const status = world.status(pipeline, statusId)
  const isIncoming = status?.type === 1 && lead?.statusId !== statusId
  if (status === undefined || isIncoming) {
    reader.refuse('NotSupportedChoice', 'status_id', 'The value you selected is not a valid choice.')
  }
  return { pipelineId, statusId }
}

/** A loss reason goes with stage 143 only; a closing instant with 142 and 143. */
function readOutcome(call: ApiCall, reader: ItemReader, statusId: number | undefined): LeadPatch {
  const lossReasonId = reader.wholeOrNull('loss_reason_id')
  if (typeof lossReasonId === 'number') {
    const isKnown = call.world.lossReasons.some(({ id }) => id === lossReasonId)
    if (statusId !== LOST || !isKnown) {
      reader.refuse('NotSupportedChoice', 'loss_reason_id', 'The value you selected is not a valid choice.')
    }
  }
  const closedAt = reader.wholeOrNull('closed_at')
  if (typeof closedAt === 'number' && (statusId === undefined || !isClosing(statusId))) {
    reader.refuse('FieldNotExpected', 'closed_at', 'Only a closed lead has it.')
  }
  return defined({ lossReasonId, closedAt })
}
