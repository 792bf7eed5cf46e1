import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../../src/segmentation/compile-policy.ts'
import type { DealFacts } from '../../../src/segmentation/facts.ts'
import { policySchema } from '../../../src/segmentation/policy.ts'
import { originOf, sourceFieldOf, sourceOf } from '../../../src/sync/deal-source.ts'
import { STRUCTURE } from '../../support/test-context.ts'

const ACCOUNT = {
  ...STRUCTURE,
  id: 1,
  aggregates: { gaps: { count: 0, quantileSeconds: null } },
  fields: [{ entity: 'lead', id: 9, code: 'UTM_SOURCE', name: 'utm_source', type: 'tracking_data', enums: [] }],
} as const

const deal = (part: Partial<DealFacts> = {}): DealFacts => ({
  ...{ id: 1, pipelineId: 10, statusId: 101, price: null, createdAt: 100, updatedAt: 100, closedAt: null },
  ...{ statusSince: null, lossReasonId: null, responsibleUserId: 1, tags: [], fields: {}, sourceId: null },
  ...part,
})

describe('where a deal came from', () => {
  it.each([
    ['the UTM mark, however it is written', { fields: { 9: { values: [' Yandex '] } }, sourceId: 5 }, 'utm:yandex'],
    ['the lead source without one', { sourceId: 5 }, 'id:5'],
    ['the lead source beside an empty mark', { fields: { 9: { values: [' '] } }, sourceId: 5 }, 'id:5'],
    ['nowhere known', {}, 'none'],
  ])('is %s', (_, part, source) => {
    expect(sourceOf(deal(part), sourceFieldOf(ACCOUNT))).toBe(source)
  })

  it('is the lead source where the account has no UTM marks', () => {
    expect(sourceFieldOf({ ...ACCOUNT, fields: [] })).toBeNull()
    expect(sourceOf(deal({ sourceId: 5, fields: { 9: { values: ['vk'] } } }), null)).toBe('id:5')
  })
})

describe('where a client stands', () => {
  const compiled = compilePolicy(policySchema.parse({ card: { pipelineId: 20, statuses: {} } }), ACCOUNT)

  it('is the pipeline of his newest deal and the source of his first, his card aside', () => {
    const deals = [
      deal({ id: 1, createdAt: 50, pipelineId: 20, sourceId: 1 }),
      deal({ id: 2, createdAt: 100, sourceId: 2 }),
      deal({ id: 4, createdAt: 300, pipelineId: 11, sourceId: 4 }),
      deal({ id: 3, createdAt: 300, pipelineId: 10, sourceId: 3 }),
    ]
    expect(originOf(deals, compiled)).toEqual({ pipelineId: 11, source: 'id:2' })
    expect(originOf([], compiled)).toEqual({ pipelineId: null, source: 'none' })
  })
})
