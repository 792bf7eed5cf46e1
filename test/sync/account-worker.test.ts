import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { policySchema } from '../../src/segmentation/policy.ts'
import { readBackfill, writeBackfill } from '../../src/sync/backfill-state.ts'
import { backfillJob, lookJob, reconcileJob, redecideJob, sweepJob } from '../../src/sync/job-catalog.ts'
import { deferred } from '../support/deferred.ts'
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
  office.world.addContact(1)
  office.world.addLead(17, { contacts: mainContact(1) })
})
afterEach(() => office.close())
afterAll(() => test.close())

const OPEN_TAGS = ['В работе', 'Новый', 'Холодный']
const lead = lookJob({ entity: 'lead', id: 17, incoming: false })
const queue = () => office.queues.of(office.context.id)
const add = (...jobs: Parameters<TestOffice['queues']['add']>[1]) => office.queues.add(office.context.id, jobs)
const record = () => office.accounts.read(office.context.id)
const failures = async () => (await queue().getFailed()).map(({ name, failedReason }) => [name, failedReason])

describe('the worker of an account', () => {
  it('turns an event into tags: looks, decides, writes', async () => {
    office.openWorker()
    await add(lead)
    await office.idle()
    expect(office.world.tags('contacts', 1)).toEqual(OPEN_TAGS)
    expect(office.world.tags('leads', 17)).toEqual(OPEN_TAGS)
    expect(office.api.updates.every(({ priority }) => priority === 'live')).toBe(true)
  })

  it('looks once for many events of one entity', async () => {
    await add(lead, lead, lead)
    await add(lead)
    office.openWorker()
    await office.idle()
    expect(office.api.count('lead')).toBe(1)
  })

  it('looks once more when an event arrives during a look, since that one may have read before it', async () => {
    office.openWorker()
    const reading = office.api.hold('lead')
    await add(lead)
    await reading.entered
    office.world.win(17)
    await add(lead)
    await add(lead)
    reading.release()
    await office.idle()
    // Two looks for three events; a third reading is the reconcile's own, when a look came in while it wrote.
    expect([2, 3]).toContain(office.api.count('lead'))
    expect(office.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
  })

  it('does what people did before what the clock brings, and mass work last', async () => {
    const order: string[] = []
    const { lead: readLead, leads } = office.api
    office.api.lead = (...args) => {
      order.push('look')
      return readLead.apply(office.api, args)
    }
    office.api.leads = (...args) => {
      order.push('backfill')
      return leads.apply(office.api, args)
    }
    await add(backfillJob('install'))
    await add(reconcileJob(contact(404), 'due'))
    await add(lead)
    const jobs = await queue().getJobs(['waiting', 'prioritized'], 0, -1, true)
    expect(jobs.map(({ name }) => name)).toEqual(['look', 'reconcile', 'backfill'])
    office.openWorker()
    await office.idle()
    expect(order[0]).toBe('look')
  })

  it('gives up a job whose payload is none, at once', async () => {
    office.openWorker()
    const failed = office.event('failed')
    await queue().add('look', { kind: 'look', entity: 'spaceship', id: 1 }, { attempts: 15 })
    await failed
    expect(await failures()).toEqual([['look', expect.stringContaining('bad payload')]])
  })

  it('repeats a job that failed by itself, and others go on meanwhile', async () => {
    office.openWorker()
    office.api.failNext('lead', 'unavailable')
    const delayed = office.event('delayed')
    await add(lead)
    await delayed
    await add(lookJob({ entity: 'contact', id: 1, incoming: false }))
    const [job] = await queue().getDelayed()
    expect(job?.attemptsMade).toBe(1)
    await job?.promote()
    await office.idle()
    expect(office.world.tags('leads', 17)).toEqual(OPEN_TAGS)
    expect(await failures()).toEqual([])
  })

  it('drops the work of an account that was removed', async () => {
    await office.accounts.patch(office.context.id, { status: 'disconnected' })
    office.openWorker()
    await add(lead)
    await office.idle()
    expect(office.api.count()).toBe(0)
  })
})

describe('a policy that changes', () => {
  const LEAD = { targets: { lifecycle: { names: { new: 'Лид' } } } }
  const change = async () => {
    await office.policies.save(office.context.id, 0, policySchema.parse(LEAD), 'Anna')
    office.contexts.drop(office.context.id)
  }

  it('while a client is being decided is what he is decided by in the end', async () => {
    office.openWorker()
    office.api.after('update', change)
    await add(lead)
    await office.idle()
    expect(office.world.tags('contacts', 1)).toContain('Лид')
    expect(office.world.tags('leads', 17)).toContain('Лид')
  })

  it('is what the base is decided by although nobody told of it yet', async () => {
    office.openWorker()
    await add(lead)
    await office.idle()
    await office.policies.save(office.context.id, 0, policySchema.parse(LEAD), 'Anna')
    await add(redecideJob('policy-1', 'release'))
    await office.idle()
    expect(office.world.tags('contacts', 1)).toContain('Лид')
  })
})

describe('a refusal that concerns the whole account', () => {
  it('rests its work without failing a job, and all is done when it works again', async () => {
    office.world.addContact(2)
    const worker = office.openWorker()
    office.api.failNext('lead', 'unauthorized')
    const noted = deferred()
    const { change } = office.accounts
    office.accounts.change = async (...args) => {
      const answer = await change.apply(office.accounts, args)
      noted.resolve()
      return answer
    }
    await add(lead)
    await noted.promise
    await worker.close()

    expect(await record()).toMatchObject({ status: 'paused', problem: { code: 'unauthorized' } })
    expect(await failures()).toEqual([])
    const [job, ...more] = await queue().getWaiting()
    expect([job?.name, job?.attemptsMade, more.length]).toEqual(['look', 0, 0])
    expect(await queue().getRateLimitTtl()).toBeGreaterThan(290_000)

    office.contexts.dropAll()
    office.openWorker()
    await queue().removeRateLimitKey()
    await office.idle()
    expect(await record()).toMatchObject({ status: 'active', problem: null })
    expect(office.world.tags('contacts', 1)).toEqual(OPEN_TAGS)
  })
})

describe('the backfill', () => {
  beforeEach(() => {
    office.api.pageSize = 1
    for (const id of [2, 3, 4]) office.world.addContact(id)
  })

  it('is handed back by a worker that closes, and finished by another', async () => {
    const first = office.openWorker()
    const reading = office.api.hold('contacts')
    await add(backfillJob('install'))
    await reading.entered
    const closing = first.close()
    reading.release()
    await closing
    const handedBack = await readBackfill(office.context.notes)
    expect(handedBack).toMatchObject({ run: 'install', phase: 'contacts', finishedAt: null })
    expect(await queue().getJobCountByTypes('delayed', 'prioritized', 'waiting')).toBe(1)

    office.openWorker()
    await office.idle()
    expect(await readBackfill(office.context.notes)).toMatchObject({ phase: 'done' })
    expect(office.world.tags('contacts', 1)).toEqual(OPEN_TAGS)
    for (const id of [2, 3, 4]) expect(office.world.tags('contacts', id)).toEqual(['Новый', 'Холодный'])
    expect(await failures()).toEqual([])
  })

  it('that was asked for during another is done after it', async () => {
    office.openWorker()
    const reading = office.api.hold('contacts')
    await add(backfillJob('install'))
    await reading.entered
    await add(backfillJob('policy-2'))
    reading.release()
    await office.idle()
    expect(await readBackfill(office.context.notes)).toMatchObject({ run: 'policy-2', phase: 'done' })
  })

  it('whose job was given up is taken up again by the sweep', async () => {
    const stopped = { run: 'install', phase: 'contacts', page: 2, deals: 1, clients: 2, writes: 0 } as const
    await writeBackfill(office.context.notes, { ...stopped, startedAt: 1, finishedAt: null })
    office.openWorker()
    await add(sweepJob())
    await office.idle()
    expect(await readBackfill(office.context.notes)).toMatchObject({ run: 'install', phase: 'done', clients: 4 })
    expect(office.world.tags('contacts', 4)).toEqual(['Новый', 'Холодный'])
    expect(office.world.tags('contacts', 1)).toEqual([])
  })
})

describe('the sweep', () => {
  it('brings what no hook told to the clients it concerns', async () => {
    office.openWorker()
    await add(lead)
    await office.idle()
    await add(sweepJob())
    await office.idle()
    office.forward(1000)
    office.world.win(17)
    await add(sweepJob())
    await office.idle()
    expect(office.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
  })
})
