import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { policySchema } from '../../src/segmentation/policy.ts'
import { actJob, lookJob } from '../../src/sync/job-catalog.ts'
import { contact, mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const POLICY = policySchema.parse({
  actions: [{ dimension: 'lifecycle', to: ['one_time'], actions: [{ id: 'call', type: 'task', text: 'Позвонить' }] }],
})

let test: TestRedis
let office: TestOffice

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  await office.policies.save(office.context.id, 0, POLICY, 'Anna')
  office.world.addContact(1)
  office.world.addLead(17, { contacts: mainContact(1) })
})
afterEach(() => office.close())
afterAll(() => test.close())

const queue = () => office.queues.of(office.context.id)
const look = () => office.queues.add(office.context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
const openIntents = () => office.context.intents.open(office.context.id, 10)
/** Anna is known, and then she buys. */
const buy = async () => {
  await look()
  await office.idle()
  office.world.win(17)
  await look()
}

describe('the job of an action', () => {
  it('follows from the decision, and is done', async () => {
    office.openWorker()
    await buy()
    await office.idle()
    expect(office.api.tasks).toMatchObject([{ text: 'Позвонить', entityId: 1 }])
    expect(await openIntents()).toEqual([])
  })

  it('is tried again after a failure, and looks before it repeats', async () => {
    office.openWorker()
    office.api.after('createTask', () => {
      throw new Error('the answer got lost')
    })
    const delayed = office.event('delayed')
    await buy()
    await delayed
    const [job] = await queue().getDelayed()
    expect(job?.name).toBe('act')
    await job?.promote()
    await office.idle()
    expect(office.api.tasks).toHaveLength(1)
    expect(await openIntents()).toEqual([])
  })

  it('is given up after its last try, or it would be tried for ever', async () => {
    office.openWorker()
    office.api.failNext('openTasks', 'unavailable', 2)
    const delayed = office.event('delayed')
    await buy()
    await delayed
    const [key = ''] = await openIntents()
    const [job] = await queue().getDelayed()
    await job?.remove()
    const failed = office.event('failed')
    const { name, data } = actJob(key)
    await queue().add(name, data, { attempts: 1 })
    await failed
    expect(await openIntents()).toEqual([])
    expect(office.api.tasks).toEqual([])
  })

  it('is left to the worker that has it, and tried again in case that one crashed', async () => {
    const worker = office.openWorker()
    const making = office.api.hold('createTask')
    await buy()
    await making.entered
    const [key = ''] = await openIntents()
    const delayed = office.event('delayed')
    await queue().add('act', { kind: 'act', key }, { attempts: 2, backoff: { type: 'fixed', delay: 60_000 } })
    await delayed
    making.release()
    await worker.close()
    expect(office.api.tasks).toHaveLength(1)
    const [again] = await queue().getDelayed()
    expect(again?.failedReason).toContain('another worker')
  })

  it('that nobody intends any more does nothing', async () => {
    office.openWorker()
    await office.queues.add(office.context.id, [actJob('contact:1|call|lifecycle|new>one_time|5')])
    await office.idle()
    expect(office.api.count()).toBe(0)
    expect(await office.context.mirror.read(office.context.id, contact(1))).toBeNull()
  })
})
