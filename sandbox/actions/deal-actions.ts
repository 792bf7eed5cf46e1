import { changeLead } from '../changes/change-lead.ts'
import { createLead } from '../changes/create-lead.ts'
import type { Actor } from '../changes/patch.ts'
import { LOST, WON } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { lossReasonFor, mustFind, pipelineOf } from './find.ts'

export interface NewDeal {
  readonly name?: string
  readonly price?: number
  readonly pipelineId?: number
  readonly statusId?: number
  /** The main contact; more may follow in `contactIds`. */
  readonly contactId?: number
  readonly contactIds?: readonly number[]
  readonly companyId?: number
  readonly lossReasonId?: number
  /** Seconds; with a closing stage only. */
  readonly closedAt?: number
  readonly createdAt?: number
  readonly updatedAt?: number
  readonly tags?: readonly string[]
  readonly responsibleUserId?: number
  readonly sourceId?: number
}

/** What a manager does with a deal in the interface. Each act changes `updated_at`, fires hooks and records events. */
export function dealActions(world: World, actor: Actor) {
  return {
    /** Creates a deal and answers its id. */
    createDeal(deal: NewDeal = {}): number {
      const { contactId, contactIds = [], tags, lossReasonId, ...rest } = deal
      const all = contactId === undefined ? contactIds : [contactId, ...contactIds]
      const reason = deal.statusId === undefined ? null : lossReasonFor(world, deal.statusId, lossReasonId)
      const tagged =
        tags === undefined ? {} : { tags: { type: 'replace' as const, tags: tags.map((name) => ({ name })) } }
      return createLead(world, { ...rest, ...tagged, lossReasonId: reason, contactIds: all }, actor).id
    },

    /** Moves a deal to any stage, closing ones included. */
    moveDeal(move: { dealId: number; statusId: number; pipelineId?: number; lossReasonId?: number }): void {
      const lead = mustFind(world, 'leads', move.dealId)
      const pipelineId = pipelineOf(world, lead, move.statusId, move.pipelineId)
      const lossReasonId = lossReasonFor(world, move.statusId, move.lossReasonId)
      changeLead(world, lead, { statusId: move.statusId, pipelineId, lossReasonId }, actor)
    },

    winDeal({ dealId, price }: { dealId: number; price?: number }): void {
      const priced = price === undefined ? {} : { price }
      changeLead(world, mustFind(world, 'leads', dealId), { statusId: WON, ...priced }, actor)
    },

    loseDeal({ dealId, lossReasonId }: { dealId: number; lossReasonId?: number }): void {
      const reason = lossReasonFor(world, LOST, lossReasonId)
      changeLead(world, mustFind(world, 'leads', dealId), { statusId: LOST, lossReasonId: reason }, actor)
    },

    /** Takes a closed deal back to work: into the given stage, or the first one of its pipeline. */
    reopenDeal({ dealId, statusId }: { dealId: number; statusId?: number }): void {
      const lead = mustFind(world, 'leads', dealId)
      const pipeline = world.pipelines.get(lead.pipelineId) ?? world.mainPipeline
      changeLead(world, lead, { statusId: statusId ?? world.firstStatus(pipeline).id }, actor)
    },

    changePrice({ dealId, price }: { dealId: number; price: number | null }): void {
      changeLead(world, mustFind(world, 'leads', dealId), { price }, actor)
    },
  }
}
