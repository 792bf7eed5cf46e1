import { type Lead, LOST } from '../world/model.ts'
import { isClosing, type World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import { applyCardPatch } from './apply-card-patch.ts'
import { attachCompany, attachContact } from './links.ts'
import type { Actor, LeadDraft } from './patch.ts'
import { recordEvent } from './record-event.ts'

/** Creates a deal with its links and tells of it. */
export function createLead(world: World, draft: LeadDraft, actor: Actor): Lead {
  const now = world.now()
  const pipeline = world.pipelines.get(draft.pipelineId ?? world.mainPipeline.id) ?? world.mainPipeline
  const statusId = draft.statusId ?? world.firstStatus(pipeline).id
  const id = world.nextId()
  const lead: Lead = {
    id,
    name: `Сделка #${id}`,
    price: draft.price ?? 0,
    pipelineId: pipeline.id,
    statusId,
    lossReasonId: statusId === LOST ? (draft.lossReasonId ?? null) : null,
    closedAt: isClosing(statusId) ? (draft.closedAt ?? now) : null,
    sourceId: draft.sourceId ?? null,
    companyId: null,
    contactIds: [],
    mainContactId: null,
    responsibleUserId: actor.userId || world.admin.id,
    createdBy: actor.userId,
    updatedBy: actor.userId,
    createdAt: draft.createdAt ?? now,
    updatedAt: draft.updatedAt ?? now,
    isDeleted: false,
    tagIds: [],
    fields: null,
  }
  applyCardPatch(world, 'leads', lead, draft, actor)
  world.leads.add(lead)
  for (const contactId of draft.contactIds ?? []) attachContact(world, lead, contactId)
  if (draft.mainContactId !== undefined) lead.mainContactId = draft.mainContactId
  if (draft.companyId !== undefined) attachCompany(world, lead, draft.companyId)
  recordEvent(world, { type: 'lead_added', entityType: 'leads', entityId: id, createdBy: actor.userId })
  announceCard(world, 'leads', id, 'add')
  return lead
}
