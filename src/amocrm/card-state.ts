import { createHash } from 'node:crypto'

/** What a webhook says of a deal, contact or company beside its id, as far as the product ever changes it. */
export interface CardState {
  /** Deals only. */
  readonly statusId?: number
  readonly pipelineId?: number
  readonly price?: number | null
  readonly responsibleUserId: number
  readonly tags: readonly string[]
}

/**
 * Short digest of a card's state, equal for equal states whatever the order of the tags. A missing price is 0, since
 * webhooks leave either out.
 */
export function digestOf({ statusId, pipelineId, price, responsibleUserId, tags }: CardState): string {
  const parts = [statusId ?? 0, pipelineId ?? 0, price ?? 0, responsibleUserId, ...tags.toSorted()]
  return createHash('sha1').update(parts.join('\n')).digest('base64url').slice(0, 12)
}
