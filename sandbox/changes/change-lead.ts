import type { Lead } from '../world/model.ts'
import { LOST } from '../world/model.ts'
import { isClosing, type World } from '../world/world.ts'
import { announceCard } from './announce-card.ts'
import { applyCardPatch } from './apply-card-patch.ts'
import type { Actor, LeadPatch } from './patch.ts'
import { recordEvent } from './record-event.ts'

/**
 * Changes a deal and tells of it: an update, beside it a status hook when its stage changed and a responsible hook
 * when that did. The closing instant comes with 142 and 143 and goes when the deal is reopened.
 */
export function changeLead(world: World, lead: Lead, patch: LeadPatch, actor: Actor): void {
  const old = { statusId: lead.statusId, pipelineId: lead.pipelineId, responsibleUserId: lead.responsibleUserId }
  const carded = applyCardPatch(world, 'leads', lead, patch, actor)
  const valued = applyLeadValues(world, lead, patch)
  if (!carded && !valued && world.doubts.emptyPatch === 'ignore') return
  lead.updatedBy = patch.updatedBy ?? actor.userId
  world.leads.touch(lead.id, patch.updatedAt ?? world.now())
  const moved = old.statusId !== lead.statusId || old.pipelineId !== lead.pipelineId
  const olds = moved ? { oldStatusId: old.statusId } : {}
  if (moved) {
    recordStatusEvent(world, lead, old, actor)
    announceCard(world, 'leads', lead.id, 'status', olds)
  }
  if (old.responsibleUserId !== lead.responsibleUserId) {
    announceCard(world, 'leads', lead.id, 'responsible', { ...olds, oldResponsibleUserId: old.responsibleUserId })
  }
  announceCard(world, 'leads', lead.id, 'update', olds)
}

function applyLeadValues(world: World, lead: Lead, patch: LeadPatch): boolean {
  const before = [lead.price, lead.statusId, lead.pipelineId, lead.lossReasonId, lead.closedAt].join()
  if (patch.price !== undefined) lead.price = patch.price
  moveLead(world, lead, patch)
  if (patch.lossReasonId !== undefined) lead.lossReasonId = patch.lossReasonId
  if (lead.statusId !== LOST) lead.lossReasonId = null
  return before !== [lead.price, lead.statusId, lead.pipelineId, lead.lossReasonId, lead.closedAt].join()
}

function moveLead(world: World, lead: Lead, patch: LeadPatch): void {
  const before = lead.statusId
  const pipeline = world.pipelines.get(patch.pipelineId ?? lead.pipelineId)
  if (pipeline === undefined) return
  if (patch.statusId !== undefined) lead.statusId = patch.statusId
  else if (pipeline.id !== lead.pipelineId && !isClosing(before)) lead.statusId = world.firstStatus(pipeline).id
  lead.pipelineId = pipeline.id
  if (!isClosing(lead.statusId)) lead.closedAt = null
  else if (lead.statusId !== before || lead.closedAt === null) lead.closedAt = world.now()
  if (isClosing(lead.statusId) && patch.closedAt != null) lead.closedAt = patch.closedAt
}

function recordStatusEvent(
  world: World,
  lead: Lead,
  old: { readonly statusId: number; readonly pipelineId: number },
  actor: Actor,
): void {
  recordEvent(world, {
    type: 'lead_status_changed',
    entityType: 'leads',
    entityId: lead.id,
    createdBy: actor.userId,
    before: [{ lead_status: { id: old.statusId, pipeline_id: old.pipelineId } }],
    after: [{ lead_status: { id: lead.statusId, pipeline_id: lead.pipelineId } }],
  })
}
