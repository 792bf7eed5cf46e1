import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/logger.ts'
import type { Move } from '../../src/store/transitions.ts'
import { Intake } from '../../src/sync/intake.ts'
import { lookJob, reconcileJob } from '../../src/sync/job-catalog.ts'
import { look } from '../../src/sync/look.ts'
import type { SyncEvents } from '../../src/sync/sync-events.ts'
import { contact, mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

type Told<Name extends keyof SyncEvents> = Parameters<NonNullable<SyncEvents[Name]>>[0]

let test: TestRedis
let office: TestOffice
let lines: string[]
let jobs: Told<'jobDone'>[]
let moves: Move[]
let written: Told<'written'>[]

beforeEach(async () => {
  ;[lines, jobs, moves, written] = [[], [], [], []]
  test = await connectTestRedis()
  office = await testOffice(test.redis, test.root, {
    log: createLogger('info', { write: (line: string) => void lines.push(line) }),
    events: {
      jobDone: (event) => jobs.push(event),
      moved: (some) => moves.push(...some),
      written: (event) => written.push(event),
    },
  })
  office.world.addContact(1)
  office.world.addLead(17, { contacts: mainContact(1) })
})
afterEach(async () => {
  await office.close()
  await test.close()
})

const touch = { entity: 'lead', id: 17, incoming: false } as const
const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>)
const writes = () => logged().filter(({ msg }) => msg === 'written')

describe('a write', () => {
  it('is logged under the request of the webhook it goes back to', async () => {
    const intake = new Intake(office.queues)
    await intake.accept(office.context.id, [touch], { requestId: 'hook-1', at: office.clock.now - 700 })
    office.openWorker()
    await office.idle()
    expect(writes()).toMatchObject([
      {
        ...{ level: 'info', requestId: 'hook-1', accountId: office.context.id, client: 'c1', run: 'live' },
        entities: expect.arrayContaining(['leads/17', 'contacts/1']),
        reasons: expect.arrayContaining([expect.any(String)]),
      },
    ])
    expect(written).toHaveLength(2)
    expect(written.every(({ sinceHookMs }) => sinceHookMs !== null && sinceHookMs >= 700)).toBe(true)
  })

  it('that no webhook led to is logged without one', async () => {
    await office.queues.add(office.context.id, [lookJob(touch)])
    office.openWorker()
    await office.idle()
    expect(writes()).toHaveLength(1)
    expect(writes()[0]).not.toHaveProperty('requestId')
    expect(written.map(({ sinceHookMs }) => sinceHookMs)).toEqual([null, null])
  })

  it('of mass work is no news, and counted all the same', async () => {
    await look(office.context, touch)
    await office.queues.add(office.context.id, [reconcileJob(contact(1), 'backfill')])
    office.openWorker()
    await office.idle()
    expect(written.map(({ outcome }) => outcome)).toEqual(['written', 'written'])
    expect(writes()).toEqual([])
  })
})

describe('what is told of the work', () => {
  it('are its jobs and the moves they made', async () => {
    await office.queues.add(office.context.id, [lookJob(touch)])
    office.openWorker()
    await office.idle()
    expect(jobs.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['look', 'done'],
      ['reconcile', 'done'],
    ])
    expect(jobs.every(({ ms, waitedMs }) => ms > 0 && waitedMs !== null && waitedMs >= 0)).toBe(true)
    expect(moves).toContainEqual({ dimension: 'lifecycle', from: null, to: 'new' })
  })

  it('is how a job left the worker otherwise: failed, or rested with its account', async () => {
    office.openWorker()
    office.api.failNext('lead', 'unavailable')
    const delayed = office.event('delayed')
    await office.queues.add(office.context.id, [lookJob(touch)])
    await delayed
    expect(jobs.map(({ outcome }) => outcome)).toEqual(['failed'])
    office.api.failNext('lead', 'rate_limited')
    const waiting = office.event('waiting')
    await office.queues.of(office.context.id).promoteJobs()
    await waiting
    await expect.poll(() => jobs.map(({ outcome }) => outcome)).toEqual(['failed', 'rested'])
    expect(jobs[1]?.waitedMs).toBeNull()
  })

  it('is that the account is gone', async () => {
    await office.accounts.patch(office.context.id, { status: 'disconnected' })
    office.openWorker()
    await office.queues.add(office.context.id, [lookJob(touch)])
    await office.idle()
    expect(jobs.map(({ outcome }) => outcome)).toEqual(['dropped'])
  })
})
