import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyClient } from '../../src/store/client-doc.ts'
import { type BackfillState, newBackfill, readBackfill, writeBackfill } from '../../src/sync/backfill-state.ts'
import { type JobSpec, lookJob, reconcileJob, sweepJob } from '../../src/sync/job-catalog.ts'
import { wantedBackfill } from '../../src/sync/wanted-backfill.ts'
import { deferred } from '../support/deferred.ts'
import { contact, DAY, mainContact } from '../support/test-context.ts'
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
const add = (...jobs: JobSpec[]) => office.queues.add(office.context.id, jobs)
const run = async (...jobs: JobSpec[]) => {
  await add(...jobs)
  await office.idle()
}
const record = () => office.accounts.read(office.context.id)
const state = () => readBackfill(office.context.notes)
const ended = (part: Partial<BackfillState> = {}) =>
  writeBackfill(office.context.notes, {
    ...newBackfill('install', office.clock.now),
    ...{ phase: 'done', finishedAt: office.clock.now, ...part },
  })

describe('a sweep sees to it that the base is read', () => {
  it('when an installation was given up before it asked for that', async () => {
    office.openWorker()
    await run(sweepJob())
    expect(await state()).toMatchObject({ phase: 'done', clients: 1 })
    expect(office.world.tags('contacts', 1)).toEqual(OPEN_TAGS)
  })

  it('and does nothing itself before that: the first backfill reads everything', async () => {
    const record = { ...office.context.record, installedAt: office.clock.now }
    await office.accounts.write(record)
    office.openWorker()
    await run(sweepJob())
    expect(await state()).toBeNull()
    expect(office.world.tags('contacts', 1)).toEqual([])
  })

  it('and not while the installation may still ask', async () => {
    const record = { ...office.context.record, installedAt: office.clock.now }
    expect(await wantedBackfill({ ...office.context, record })).toBeNull()
  })

  it('once a week, and repairs what nothing told of', async () => {
    office.openWorker()
    await run(sweepJob())
    office.world.changeContact(1, { tags: [], updatedAt: office.world.now - DAY })
    office.forward(6 * DAY)
    await run(sweepJob())
    expect(office.world.tags('contacts', 1)).toEqual([])
    office.forward(2 * DAY)
    await run(sweepJob())
    expect(office.world.tags('contacts', 1)).toEqual(OPEN_TAGS)
    expect(await state()).toMatchObject({ run: expect.stringContaining('weekly'), phase: 'done', writes: 1 })
  })

  it('again when an earlier version read it, which kept less of each client', async () => {
    const { layout: _, ...earlier } = newBackfill('install', office.clock.now)
    await writeBackfill(office.context.notes, { ...earlier, phase: 'done', finishedAt: office.clock.now })
    expect(await wantedBackfill(office.context)).toMatchObject({ isBegun: false })
    office.openWorker()
    await run(sweepJob())
    expect(await state()).toMatchObject({ run: expect.stringContaining('resync'), phase: 'done', clients: 1 })
    expect(await wantedBackfill(office.context)).toBeNull()
  })

  it('and goes on itself until that has begun', async () => {
    await ended()
    office.forward(8 * DAY)
    expect(await wantedBackfill(office.context)).toMatchObject({ isBegun: false })
    await ended({ run: 'weekly-1', phase: 'leads', finishedAt: null })
    expect(await wantedBackfill(office.context)).toEqual({ run: 'weekly-1', isBegun: true })
  })
})

describe('a sweep sees to it that webhooks come', () => {
  it('and subscribes where they do not', async () => {
    await ended()
    office.openWorker()
    await run(sweepJob())
    expect(office.api.subscriptions).toMatchObject([{ disabled: false }])
  })
})

describe('a client who is due and fails', () => {
  it('goes behind the others, and comes again', async () => {
    office.openWorker()
    await run(lead)
    office.forward(100)
    office.world.win(17)
    const delayed = office.event('delayed')
    office.api.failNext('update', 'unavailable')
    await add(lead)
    await delayed
    const { mirror, id } = office.context
    expect(await mirror.due(id, office.world.now, 10)).toEqual([])
    expect(await mirror.due(id, office.world.now + 3600, 10)).toEqual([contact(1)])
    const [job] = await office.queues.of(id).getDelayed()
    await job?.promote()
    await office.idle()
    expect(office.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
  })

  it('stays where he is when the whole account rests', async () => {
    const { mirror, id } = office.context
    await mirror.update(id, contact(1), () => ({ ...emptyClient(contact(1)), dueAt: office.world.now }))
    const noted = deferred()
    const { change } = office.accounts
    office.accounts.change = async (...args) => {
      const answer = await change.apply(office.accounts, args)
      noted.resolve()
      return answer
    }
    office.api.failNext('contact', 'unauthorized')
    const worker = office.openWorker()
    await add(reconcileJob(contact(1), 'due'))
    await noted.promise
    await worker.close()
    expect(await mirror.due(id, office.world.now, 10)).toEqual([contact(1)])
  })
})

describe('an account that rests', () => {
  beforeEach(async () => {
    const problem = { code: 'unauthorized', message: 'made up', since: 1, retryAt: null }
    await office.accounts.patch(office.context.id, { status: 'paused', problem })
    office.openWorker()
  })

  it('does not work again because a job without a call succeeds', async () => {
    await run(reconcileJob(contact(404), 'due'))
    expect(await record()).toMatchObject({ status: 'paused' })
  })

  it('works again when amoCRM serves it', async () => {
    await run(lead)
    expect(await record()).toMatchObject({ status: 'active', problem: null })
  })
})
