import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { policySchema } from '../../src/segmentation/policy.ts'
import { lookJob } from '../../src/sync/job-catalog.ts'
import { type PipelineOrder, PipelineOrders } from '../../src/sync/pipeline-order.ts'
import { DAY, mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const task = (id: string, text: string, more = {}) => ({ id, type: 'task' as const, text, ...more })

const POLICY = policySchema.parse({
  actions: [
    { dimension: 'lifecycle', to: ['new'], actions: [task('greet', 'Познакомиться', { on: 'deal' })] },
    { dimension: 'standing', to: ['in_work'], actions: [task('work', 'Взять в работу')] },
    { dimension: 'lifecycle', from: ['sleeping'], to: ['new'], actions: [task('woken', 'Проснулся')] },
  ],
})

let test: TestRedis
let office: TestOffice
let orders: PipelineOrders

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  const { world, queues, context } = office
  orders = new PipelineOrders(queues)
  await office.policies.save(context.id, 0, POLICY, 'Anna')
  world.addContact(1)
  world.addLead(17, { contacts: mainContact(1) })
  world.addLead(18, { contacts: mainContact(1) })
  office.openWorker()
  // Known, and all that comes of it done, before anything is ordered.
  await queues.add(context.id, [lookJob({ entity: 'contact', id: 1, incoming: false })])
  await office.idle()
  office.api.tasks.length = 0
  office.forward(DAY)
})
afterEach(() => office.close())
afterAll(() => test.close())

const order = async (more: Partial<PipelineOrder> = {}) => {
  const at = office.world.now
  await orders.take(office.context.id, { dealId: 17, mode: 'act', only: null, at, incoming: false, ...more })
  await office.idle()
}
const made = () => office.api.tasks.map(({ text, entityId }) => [text, entityId])

describe('an order to act on a segment', () => {
  it('carries out what the policy has for the segments of the client, about the deal it came for', async () => {
    await order()
    expect(made()).toEqual(
      expect.arrayContaining([
        ['Познакомиться', 17],
        ['Взять в работу', 1],
      ]),
    )
    expect(made()).toHaveLength(2)
  })

  it('is for one segment where it names one', async () => {
    await order({ only: 'standing:in_work' })
    expect(made()).toEqual([['Взять в работу', 1]])
  })

  it('does nothing for a segment the client is not in', async () => {
    await order({ only: 'lifecycle:sleeping' })
    expect(made()).toEqual([])
  })

  it('is carried out once, however often the same one comes', async () => {
    const at = office.world.now
    await order({ at, only: 'standing:in_work' })
    await order({ at, only: 'standing:in_work' })
    expect(made()).toHaveLength(1)
    office.forward(60)
    const open = office.api.tasks.length
    await order({ only: 'lifecycle:new', dealId: 18 })
    expect(office.api.tasks.length).toBe(open + 1)
  })

  it('of tomorrow counts as of now', async () => {
    await order({ at: office.world.now + DAY, only: 'standing:in_work' })
    expect(made()).toHaveLength(1)
  })

  it('leaves a client with the stop tag, and a deal of nobody, alone', async () => {
    office.world.addContact(1, { tags: [POLICY.stopTag] })
    await order()
    office.world.addLead(99)
    await order({ dealId: 99 })
    await order({ dealId: 12_345 })
    expect(made()).toEqual([])
  })
})

describe('an order to recompute', () => {
  it('reads the deal and its client again', async () => {
    office.world.addContact(2)
    office.world.addLead(50, { contacts: mainContact(2) })
    await order({ dealId: 50, mode: 'recompute' })
    expect(await office.context.mirror.read(office.context.id, { kind: 'contact', id: 2 })).toMatchObject({
      decided: { lifecycle: 'new' },
    })
  })
})
