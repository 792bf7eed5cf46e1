import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { AccountNotes } from '../../src/store/account-notes.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { backfillJob } from '../../src/sync/job-catalog.ts'
import { pauseAccount, resumeAccount } from '../../src/sync/pause-account.ts'
import { mainContact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let office: TestOffice

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  office.api.pageSize = 1
  for (const id of [1, 2, 3]) {
    office.world.addContact(id)
    office.world.addLead(10 + id, { contacts: mainContact(id) })
  }
})
afterEach(async () => {
  vi.restoreAllMocks()
  await office.close()
})
afterAll(() => test.close())

const state = () => readBackfill(office.context.notes)

/** Ends when a worker has seen that the account is paused. */
const pauseNoticed = () =>
  new Promise<void>((resolve) => {
    const { get } = AccountNotes.prototype
    vi.spyOn(AccountNotes.prototype, 'get').mockImplementation(async function (this: AccountNotes, name: string) {
      const answer = await get.call(this, name)
      if (name === 'pause' && answer !== null) setImmediate(resolve)
      return answer as never
    })
  })

describe('a backfill of an account that is paused', () => {
  it('stops at its checkpoint, waits, and goes on from there', async () => {
    const { context, queues, api } = office
    const reading = api.hold('contacts')
    await queues.add(context.id, [backfillJob('install')])
    office.openWorker()
    await reading.entered
    const noticed = pauseNoticed()
    await pauseAccount(context, queues, 'Anna')
    await noticed
    const handedBack = office.event('delayed')
    reading.release()
    await handedBack
    // The page that was on its way is the last one.
    expect(await state()).toMatchObject({ phase: 'contacts', clients: 1 })
    expect(await context.runs.read(context.id, 'install')).toMatchObject({ endedAt: null, cancelledAt: null })
    const deals = api.count('leads')
    await resumeAccount(context, queues)
    await office.idle()
    expect(await state()).toMatchObject({ phase: 'done', clients: 3 })
    expect(api.count('leads')).toBe(deals)
    expect(await context.runs.read(context.id, 'install')).toMatchObject({ outcome: 'done' })
  })
})
