import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import type { ClientFacts, DealFacts } from '../../src/segmentation/facts.ts'
import { type PolicyInput, policySchema } from '../../src/segmentation/policy.ts'
import { planWrites } from '../../src/sync/plan.ts'
import { DAY, STRUCTURE } from '../support/test-context.ts'

const NOW = 1_790_000_000

const deal = (id: number, part: Partial<DealFacts> = {}): DealFacts => ({
  id,
  pipelineId: 10,
  statusId: 101,
  price: 1000,
  createdAt: NOW - 100 * DAY,
  updatedAt: NOW - 100 * DAY,
  closedAt: null,
  statusSince: null,
  lossReasonId: null,
  responsibleUserId: 1,
  tags: [],
  fields: {},
  ...part,
})
const won = (id: number, daysAgo: number, part: Partial<DealFacts> = {}) =>
  deal(id, { statusId: 142, closedAt: NOW - daysAgo * DAY, ...part })

const client = (part: Partial<ClientFacts> = {}): ClientFacts => ({
  kind: 'contact',
  id: 5,
  createdAt: NOW - 200 * DAY,
  responsibleUserId: 1,
  tags: [],
  fields: {},
  hasPhone: true,
  hasEmail: true,
  incomingAt: null,
  deals: [],
  locks: [],
  ...part,
})

const compiled = (input: PolicyInput = {}) => {
  const aggregates = { gaps: { count: 0, quantileSeconds: null } }
  return compilePolicy(policySchema.parse(input), { ...STRUCTURE, id: 1, aggregates })
}
/** What would be written, as type, id, and what of it. */
const plan = (facts: ClientFacts, input: PolicyInput = {}) => {
  const policy = compiled(input)
  return planWrites(facts, decide(facts, policy, NOW), policy)
}
const CARD: PolicyInput = { card: { pipelineId: 20, statuses: { new: 201, one_time: 202 } } }
const NO_DEAL_TAGS: PolicyInput = {
  targets: { lifecycle: { dealTags: false }, temperature: { dealTags: false }, standing: { dealTags: false } },
}

describe('the plan', () => {
  it('adds the tags of the answers to a client who has none', () => {
    expect(plan(client())).toMatchObject([
      { type: 'contacts', patch: { id: 5, tags: { add: ['Новый', 'Холодный'], remove: [] } }, movedFrom: null },
    ])
  })

  it.each<[string, Partial<ClientFacts>]>([
    ['a new client', { tags: ['Новый', 'Холодный'] }],
    ['foreign tags among ours', { tags: ['VIP', 'Холодный', 'скидка 10%', 'Новый'] }],
    ['a buyer whose deals are closed', { tags: ['Разовый', 'Горячий'], deals: [won(1, 10)] }],
    [
      'an open deal with its tags',
      {
        tags: ['Новый', 'Холодный', 'В работе'],
        deals: [deal(1, { tags: ['В работе', 'Новый', 'Холодный', 'own'] })],
      },
    ],
  ])('is empty where all is right: %s', (_, facts) => {
    expect(plan(client(facts))).toEqual([])
  })

  it('removes only tags of the policy, and no tag that a person set', () => {
    const [write] = plan(client({ tags: ['VIP', 'Спящий', 'Новый', 'новый', 'Тёплый'], deals: [won(1, 10)] }))
    expect(write?.patch.tags).toEqual({ add: ['Разовый', 'Горячий'], remove: ['Спящий', 'Новый', 'Тёплый'] })
  })

  it('tags open deals, and leaves closed ones as they are', () => {
    const deals = [won(1, 10, { tags: ['Новый'] }), deal(2, { statusId: 143, tags: ['Спящий'] }), deal(3)]
    const writes = plan(client({ tags: ['Разовый', 'Горячий'], deals }))
    expect(writes).toMatchObject([
      { type: 'leads', patch: { id: 3, tags: { add: ['Разовый', 'Горячий'], remove: [] } }, movedFrom: null },
    ])
  })

  it.each(['стоп-сегмент', ' Стоп-Сегмент '])('is empty for a client with the stop tag %j', (tag) => {
    expect(plan(client({ tags: [tag, 'Спящий'], deals: [deal(1)] }))).toEqual([])
  })

  it('takes everything of ours, and nothing else, from who is no client', () => {
    const facts = client({ kind: 'company', tags: ['Новый', 'VIP'], deals: [deal(1, { tags: ['Холодный', 'own'] })] })
    expect(planWrites(facts, null, compiled())).toMatchObject([
      { type: 'companies', patch: { id: 5, tags: { add: [], remove: ['Новый'] } }, movedFrom: null },
      { type: 'leads', patch: { id: 1, tags: { add: [], remove: ['Холодный'] } }, movedFrom: null },
    ])
  })

  it('writes the tags of rules about deals on the deals they hold for', () => {
    const when = { fact: 'price', op: 'gte', value: 5000 } as const
    const rules = [{ id: 'big', label: 'Крупная', target: 'deal', enabled: true, when, tag: 'Крупная' } as const]
    const deals = [deal(1, { price: 9000 }), deal(2, { tags: ['Крупная'] })]
    const writes = plan(client({ tags: ['Новый', 'Холодный', 'В работе'], deals }), { ...NO_DEAL_TAGS, rules })
    expect(writes.map(({ patch }) => [patch.id, patch.tags])).toEqual([
      [1, { add: ['Крупная'], remove: [] }],
      [2, { add: [], remove: ['Крупная'] }],
    ])
  })
})

describe('a tag that a former policy set', () => {
  it('is taken away like our own; any other tag of a person is not', () => {
    const policy = compiled()
    const facts = client({ tags: ['Новый', 'Холодный', 'Лид', 'VIP'] })
    const writes = planWrites(facts, decide(facts, policy, NOW), policy, new Set(['Лид']))
    expect(writes[0]?.patch.tags).toEqual({ add: [], remove: ['Лид'] })
  })

  it('stays where the present policy sets it again', () => {
    const policy = compiled()
    const facts = client({ tags: ['Новый', 'Холодный'] })
    expect(planWrites(facts, decide(facts, policy, NOW), policy, new Set(['Новый', 'Спящий']))).toEqual([])
  })
})

describe('a field that a former policy showed segments in', () => {
  const retired = { contact: { 77: ['Новый', 'Спящий'] }, company: {} }
  const clearing = (fields: ClientFacts['fields'], part: PolicyInput = {}) => {
    const policy = compiled(part)
    const facts = client({ tags: ['Новый', 'Холодный'], fields })
    return planWrites(facts, decide(facts, policy, NOW), policy, new Set(), retired)
  }

  it('is cleared of what was left there, and says what that was', () => {
    expect(clearing({ 77: { values: ['Спящий'] } })).toMatchObject([
      { type: 'contacts', patch: { fields: { 77: null } }, fieldsBefore: { 77: 'Спящий' } },
    ])
  })

  it('is left alone when it is empty, or holds what a person chose', () => {
    expect(clearing({})).toEqual([])
    expect(clearing({ 77: { values: ['Партнёр'] } })).toEqual([])
  })

  it('is written as ever where the present policy shows segments in it again', () => {
    const [write] = clearing({ 77: { values: ['Спящий'] } }, { targets: { lifecycle: { field: 77 } } })
    expect(write?.patch.fields).toEqual({ 77: { value: 'Новый' } })
  })
})

describe('the card in the client base', () => {
  const tags = ['Новый', 'Холодный', 'В работе']

  it('is moved to the stage of its client, once', () => {
    const policy = { ...CARD, ...NO_DEAL_TAGS }
    const standing = deal(7, { pipelineId: 20, statusId: 202 })
    const [write, ...more] = plan(client({ tags: ['Новый', 'Холодный'], deals: [standing] }), policy).filter(
      ({ type }) => type === 'leads',
    )
    expect(write?.patch).toEqual({ id: 7, status: { pipelineId: 20, statusId: 201 } })
    expect(write?.movedFrom).toEqual({ pipelineId: 20, statusId: 202 })
    expect(more).toEqual([])
    const right = { ...standing, statusId: 201 }
    expect(plan(client({ tags, deals: [right] }), policy).filter(({ type }) => type === 'leads')).toEqual([])
  })

  it.each<[string, Partial<DealFacts>]>([
    ['in another pipeline', { pipelineId: 10, statusId: 102 }],
    ['won in the client base', { pipelineId: 20, statusId: 142, closedAt: NOW - DAY }],
    ['lost in the client base', { pipelineId: 20, statusId: 143 }],
  ])('is never a deal %s', (_, part) => {
    const writes = plan(client({ deals: [deal(7, part)] }), CARD)
    expect(writes.filter(({ patch }) => patch.status !== undefined)).toEqual([])
  })

  it('stays where it is for a segment without a stage', () => {
    const deals = [won(1, 200), deal(7, { pipelineId: 20, statusId: 202 })]
    expect(plan(client({ deals }), CARD).filter(({ patch }) => patch.status !== undefined)).toEqual([])
  })
})

describe('the select field', () => {
  const policy: PolicyInput = {
    targets: {
      lifecycle: { field: 77, clientTags: false, dealTags: false },
      temperature: { clientTags: false },
      standing: { clientTags: false },
    },
  }
  const chosen = (text: string) => ({ '77': { values: [text], enumIds: [771] } })

  it('gets the option of the segment', () => {
    expect(plan(client(), policy)[0]?.patch).toEqual({ id: 5, fields: { 77: { value: 'Новый' } } })
  })

  it('is left alone when the option stands, whatever else the field tells', () => {
    expect(plan(client({ fields: chosen('Новый') }), policy)).toEqual([])
  })

  it('is changed when another option stands', () => {
    const facts = client({ fields: chosen('Новый'), deals: [won(1, 10)] })
    const [write] = plan(facts, policy)
    expect(write?.patch).toEqual({ id: 5, fields: { 77: { value: 'Разовый' } } })
    expect(write?.fieldsBefore).toEqual({ 77: 'Новый' })
  })

  it('is cleared where the dimension has no answer', () => {
    const standing: PolicyInput = { targets: { ...policy.targets, lifecycle: {}, standing: { field: 77 } } }
    const facts = client({ tags: ['Новый', 'Холодный'], fields: chosen('Новый') })
    expect(plan(facts, standing)[0]?.patch).toMatchObject({ fields: { 77: null } })
  })
})
