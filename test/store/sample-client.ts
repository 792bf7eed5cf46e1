import type { CardFacts, ClientDoc, Decided, MirroredDeal } from '../../src/store/client-doc.ts'
import { emptyClient } from '../../src/store/client-doc.ts'

const READ_AT = 1_790_000_000_000

export const CARD: CardFacts = {
  createdAt: 1_700_000_000,
  responsibleUserId: 9_123_456,
  tags: ['Постоянный', 'Горячий'],
  fields: {},
  hasPhone: true,
  hasEmail: true,
  companyId: 31_234_567,
  readAt: READ_AT,
  wroteAt: READ_AT + 400,
}

export const DECIDED: Decided = {
  at: 1_790_000_000,
  lifecycle: 'regular',
  temperature: 'hot',
  standing: null,
  tier: null,
  rules: [],
}

export function deal(id: number, part: Partial<MirroredDeal> = {}): MirroredDeal {
  return {
    id,
    pipelineId: 7_654_321,
    statusId: 142,
    price: 12_500,
    createdAt: 1_700_000_000,
    updatedAt: 1_780_000_000,
    closedAt: 1_780_000_000,
    statusSince: 1_780_000_000,
    lossReasonId: null,
    responsibleUserId: 9_123_456,
    sourceId: null,
    tags: [],
    fields: {},
    readAt: READ_AT,
    wroteAt: 0,
    ...part,
  }
}

/** A contact as most are: decided, with its tags, and some won deals. */
export function clientWithDeals(count: number): ClientDoc {
  const deals = Array.from({ length: count }, (_, index) => deal(31_000_001 + index))
  const client = emptyClient({ kind: 'contact', id: 41_000_001 })
  return { ...client, rev: 7, card: CARD, deals, decided: DECIDED, dueAt: 1_797_776_000 }
}
