import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { applyPolicy, type PolicyChange } from '../../src/sync/apply-policy.ts'
import { newBackfill, writeBackfill } from '../../src/sync/backfill-state.ts'
import { redecideJob, sweepJob, undoJob } from '../../src/sync/job-catalog.ts'
import { look } from '../../src/sync/look.ts'
import { preview } from '../../src/sync/preview.ts'
import { pendingRollout } from '../../src/sync/rollout.ts'
import { fillBase, lookAtAll } from '../support/small-base.ts'
import { contact, mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let office: TestOffice

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  await fillBase(office)
})
afterEach(() => office.close())
afterAll(() => test.close())

const installed = async () => {
  office.contexts.drop(office.context.id)
  const context = await office.contexts.get(office.context.id)
  if (!context) throw new Error('the account is not installed')
  return context
}
const parts = () => ({ policies: office.policies, queues: office.queues, requestsPerSecond: 7 })
const change = (policy: unknown, part: Partial<PolicyChange> = {}): PolicyChange => ({
  ...{ policy, base: 0, author: 'Anna', scope: 'all', previewed: null },
  ...part,
})
const apply = async (policy: unknown, part: Partial<PolicyChange> = {}) =>
  applyPolicy(await installed(), parts(), change(policy, part))
const applied = async (policy: unknown, part: Partial<PolicyChange> = {}) => {
  const application = await apply(policy, part)
  await office.idle()
  return application
}
const tagsOf = (id: number) => office.world.tags('contacts', id)
const allTags = () => {
  const { contacts, leads } = office.world
  return new Set([...contacts.values(), ...leads.values()].flatMap((card) => card.tags))
}
const runsInJournal = async (run: string) => {
  const entries = []
  for await (const some of office.context.journal.ofRun(office.context.id, run)) entries.push(...some)
  return entries
}

const LEAD: PolicyInput = { targets: { lifecycle: { names: { new: 'Лид' } } } }

describe('a policy that is applied', () => {
  it('is saved and brought to everyone, under a run of its name', async () => {
    office.openWorker()
    expect(await applied(LEAD)).toEqual({ type: 'applied', version: 1, run: 'policy-1', work: 'redecide' })
    expect(await office.policies.current(office.context.id)).toMatchObject({ version: 1, author: 'Anna' })
    expect(allTags()).toContain('Лид')
    expect((await runsInJournal('policy-1')).length).toBe(office.api.updates.length)
    expect(await pendingRollout(await installed())).toBeNull()
  })

  it('takes the tags of the former one from clients and open deals, and no others', async () => {
    office.openWorker()
    office.world.changeContact(1, { tags: [...tagsOf(1), 'Новый год'] })
    await lookAtAll(office)
    await applied(LEAD)
    const leads = [...office.world.leads.values()]
    expect(allTags()).not.toContain('Новый')
    expect(tagsOf(1)).toEqual(['VIP', 'В работе', 'Лид', 'Новый год', 'Холодный'])
    expect(office.world.tags('leads', 100)).toEqual(['В работе', 'Лид', 'Холодный', 'от партнёра'])
    expect(leads.every(({ id, tags }) => id % 100 !== 0 || tags.includes('от партнёра'))).toBe(true)
  })

  it('takes the tags of a dimension that is switched off', async () => {
    office.openWorker()
    const off = { clientTags: false, dealTags: false }
    await applied({ targets: { temperature: off, standing: off } })
    expect([...allTags()].toSorted()).toEqual(
      ['VIP', 'Новый', 'Периодический', 'Постоянный', 'Разовый', 'Спящий', 'от партнёра'].toSorted(),
    )
  })

  it('takes away tags of long ago, also when a policy between was never saved', async () => {
    office.openWorker()
    await applied(LEAD, { scope: 'only_new' })
    expect(await apply({ language: 'en' }, { base: 7 })).toEqual({ type: 'outdated', version: 1 })
    await applied({ language: 'en' }, { base: 1 })
    for (const tag of ['Новый', 'Лид', 'Холодный', 'В работе']) expect(allTags()).not.toContain(tag)
    expect(tagsOf(1)).toEqual(['Cold', 'In work', 'New', 'VIP'])
  })

  it('clears the field in which the former one showed segments, and no value of a person', async () => {
    office.openWorker()
    await applied({ targets: { lifecycle: { field: 77 } } })
    expect(office.world.contacts.get(1)?.fields).toEqual({ 77: { values: ['Новый'] } })
    office.world.changeContact(2, { fields: { 77: { values: ['Партнёр'] } } })
    await look(office.context, { entity: 'contact', id: 2, incoming: false })
    await applied({}, { base: 1 })
    expect(office.world.contacts.get(1)?.fields).toEqual({})
    expect(office.world.contacts.get(2)?.fields).toEqual({ 77: { values: ['Партнёр'] } })
  })

  it('that is faulty, names what is not there, or comes too late is not saved', async () => {
    expect(await apply({ sleeping: { days: 'soon' } })).toMatchObject({
      type: 'invalid',
      faults: [{ path: 'sleeping.days' }],
    })
    const unknown = await apply({ purchasePipelines: [{ pipelineId: 99 }] })
    expect(unknown).toMatchObject({ type: 'invalid', faults: [{ path: 'purchasePipelines[0].pipelineId' }] })
    expect(await apply(LEAD, { base: 3 })).toEqual({ type: 'outdated', version: 0 })
    expect(await office.policies.current(office.context.id)).toBeNull()
  })

  it('is what was previewed, or says what changed since', async () => {
    office.openWorker()
    const shown = await preview(await installed(), office.withPolicy(LEAD).policy, { requestsPerSecond: 7 })
    office.world.win(100)
    await look(office.context, { entity: 'lead', id: 100, incoming: false })
    const refused = await apply(LEAD, { previewed: shown.fingerprint })
    if (refused.type !== 'changed') throw new Error(`it was ${refused.type}`)
    expect(refused.preview.cost).not.toEqual(shown.cost)
    expect(refused.changes).toBeNull()
    expect(await office.policies.current(office.context.id)).toBeNull()
    expect(await applied(LEAD, { previewed: refused.preview.fingerprint })).toMatchObject({ type: 'applied' })
    expect(office.api.updates).toHaveLength(refused.preview.cost.writes)
  })

  it('reads the base first when the mirror lacks a field of it', async () => {
    office.openWorker()
    expect(await applied({ targets: { lifecycle: { field: 77 } } })).toMatchObject({ work: 'backfill' })
    expect(office.api.count('leads')).toBeGreaterThan(0)
    expect(office.world.contacts.get(1)?.fields[77]).toEqual({ values: ['Новый'] })
    expect(await pendingRollout(await installed())).toBeNull()
  })
})

describe('a policy for new cases only', () => {
  it.each<[string, PolicyInput]>([
    ['from the mirror', LEAD],
    ['by reading the base', { targets: { lifecycle: { names: { new: 'Лид' }, field: 77 } } }],
    ['that counts companies', { clientEntity: 'company' }],
  ])('writes nothing at first: %s', async (_, policy) => {
    office.openWorker()
    await applied(policy, { scope: 'only_new' })
    await lookAtAll(office)
    await office.queues.add(office.context.id, [redecideJob('figures-1', 'leave')])
    await office.idle()
    expect(office.api.updates).toEqual([])
    expect(await runsInJournal('policy-1')).toEqual([])
  })

  it('writes a client when he is answered differently, and those who come', async () => {
    office.openWorker()
    await applied(LEAD, { scope: 'only_new' })
    office.world.changeLead(100, { statusId: 143, closedAt: office.world.now, lossReasonId: 2 })
    office.world.addContact(40)
    await look(office.context, { entity: 'lead', id: 100, incoming: false })
    await look(office.context, { entity: 'contact', id: 40, incoming: false })
    await office.queues.add(office.context.id, [redecideJob('figures-1', 'leave')])
    await office.idle()
    expect(tagsOf(1)).toEqual(['VIP', 'Лид', 'Отказник', 'Тёплый'])
    expect(tagsOf(2)).toContain('Новый')
  })

  it('is brought to all when it is applied to all', async () => {
    office.openWorker()
    await applied(LEAD, { scope: 'only_new' })
    await applied(LEAD, { base: 1 })
    expect(allTags()).not.toContain('Новый')
    expect(tagsOf(1)).toContain('Лид')
    const { held } = await office.doc(contact(1))
    expect(held).toBeNull()
  })

  it('leaves what is right already to be written when it becomes wrong', async () => {
    office.openWorker()
    await applied(LEAD, { scope: 'only_new' })
    expect((await office.doc(contact(3))).held).toBeNull()
    expect((await office.doc(contact(1))).held).not.toBeNull()
  })
})

describe('a rollout', () => {
  it('whose job was lost is taken up by the sweep, with its scope', async () => {
    const { queues } = office
    const context = await installed()
    const read = { ...newBackfill('install', context.clock()), phase: 'done', finishedAt: context.clock() } as const
    await writeBackfill(context.notes, read)
    const lost = { add: async () => {} } as Pick<typeof queues, 'add'> as typeof queues
    await applyPolicy(context, { ...parts(), queues: lost }, change(LEAD, { scope: 'only_new' }))
    await installed()
    office.openWorker()
    await queues.add(context.id, [sweepJob()])
    await office.idle()
    expect(office.api.updates).toEqual([])
    expect((await office.doc(contact(1))).held).not.toBeNull()
    expect(await pendingRollout(await installed())).toBeNull()
  })

  it('is the latest one, whichever job was waiting', async () => {
    await apply(LEAD, { scope: 'only_new' })
    await apply({ language: 'en' }, { base: 1 })
    office.openWorker()
    await office.idle()
    expect(tagsOf(1)).toContain('New')
    expect((await runsInJournal('policy-2')).length).toBe(office.api.updates.length)
    expect(await pendingRollout(await installed())).toBeNull()
  })

  it('that another policy overtakes ends, and all is as the other says', async () => {
    office.openWorker()
    const writing = office.api.hold('update')
    await apply(LEAD)
    await writing.entered
    await apply({ language: 'en' }, { base: 1 })
    writing.release()
    await office.idle()
    expect(allTags()).not.toContain('Лид')
    expect(tagsOf(1)).toEqual(['Cold', 'In work', 'New', 'VIP'])
    expect(await pendingRollout(await installed())).toBeNull()
  })

  it('that is undone before its end is called off, and what it wrote till then taken back', async () => {
    const stood = allTags()
    office.openWorker()
    const writing = office.api.hold('update')
    await apply(LEAD)
    await writing.entered
    await office.queues.add(office.context.id, [undoJob('policy-1')])
    writing.release()
    await office.idle()
    expect(allTags()).toEqual(stood)
    expect(await runsInJournal('undo-policy-1')).not.toEqual([])
    expect(await pendingRollout(await installed())).toBeNull()
  })

  it('makes the cards of all who have none, once', async () => {
    office.openWorker()
    const card = { pipelineId: 20, statuses: { new: 201, sleeping: 202 }, createCard: true }
    await applied({ card })
    const cards = [...office.world.leads.values()].filter(({ pipelineId }) => pipelineId === 20)
    expect(cards).toHaveLength(6)
    expect(cards.every(({ tags }) => tags.length > 0)).toBe(true)
    expect(cards.find(({ contacts }) => contacts[0]?.id === 1)).toMatchObject({
      contacts: mainContact(1),
      statusId: 201,
    })
    const made = []
    for await (const some of office.context.journal.actionsOf(office.context.id, 'policy-1')) made.push(...some)
    expect(made.filter(({ type }) => type === 'card')).toHaveLength(6)
  })
})
