import type { CardOf, EntityType, Lead } from '../world/model.ts'
import { LOST } from '../world/model.ts'
import type { World } from '../world/world.ts'

/** The living card; throws with its name where there is none: an action names what exists. */
export function mustFind<E extends EntityType>(world: World, type: E, id: number): CardOf[E] {
  const shelf: { get(id: number): CardOf[EntityType] | undefined } = world[type]
  const card = shelf.get(id)
  if (card === undefined) throw new Error(`Account ${world.account.id} has no living card ${id} among ${type}`)
  return card as CardOf[E]
}

/** A reason given, or the account's first; only for lost deals. */
export function lossReasonFor(world: World, statusId: number, given: number | undefined): number | null {
  if (statusId !== LOST) return null
  return given ?? world.lossReasons[0]?.id ?? null
}

/** The pipeline a stage is looked for in: the given one, or that of the deal if the stage is there, or any that has it. */
export function pipelineOf(world: World, lead: Lead, statusId: number, given: number | undefined): number {
  if (given !== undefined) return given
  if (world.status(lead.pipelineId, statusId) !== undefined) return lead.pipelineId
  const other = [...world.pipelines.keys()].find((id) => world.status(id, statusId) !== undefined)
  if (other === undefined) throw new Error(`No pipeline has a stage ${statusId}`)
  return other
}
