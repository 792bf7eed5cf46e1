import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { backfill } from '../../src/sync/backfill.ts'
import { type BackfillState, readBackfill } from '../../src/sync/backfill-state.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { readWatermark, setWatermark } from '../../src/sync/sweep-watermark.ts'
import { company, contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount
let context: AccountContext
let current: AccountContext
let progress: BackfillState[]

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => open())
afterAll(() => test.close())

const open = (policy: PolicyInput = {}) => {
  account = testAccount(test.redis, test.root, policy)
  context = account.context
  current = context
  account.api.pageSize = 2
  progress = []
}
const run = (name = 'install', signal = new AbortController().signal) =>
  backfill(context, {
    run: name,
    signal,
    onProgress: async (state) => void progress.push(state),
    current: async () => current,
    withFigures: async (same) => same,
  })
const state = () => readBackfill(context.notes)

/** Contacts 1-5 with a deal each; 5 has bought. Company 7 has a deal without a contact; deal 90 belongs to nobody. */
const fillWorld = () => {
  for (const id of [1, 2, 3, 4, 5]) {
    account.world.addContact(id)
    account.world.addLead(10 + id, { contacts: mainContact(id), companyId: id === 1 ? 7 : null })
  }
  account.world.win(15)
  account.world.addCompany(7)
  account.world.addLead(20, { companyId: 7 })
  account.world.addLead(90)
}
const OPEN_TAGS = ['В работе', 'Новый', 'Холодный']
const expectAllRight = () => {
  for (const id of [1, 2, 3, 4]) expect(account.world.tags('contacts', id)).toEqual(OPEN_TAGS)
  for (const id of [11, 12, 13, 14, 20]) expect(account.world.tags('leads', id)).toEqual(OPEN_TAGS)
  expect(account.world.tags('contacts', 5)).toEqual(['Горячий', 'Разовый'])
  expect(account.world.tags('companies', 7)).toEqual(OPEN_TAGS)
  for (const id of [15, 90]) expect(account.world.tags('leads', id)).toEqual([])
}

describe('a backfill', () => {
  it('makes every client right, companies of deals without a contact included', async () => {
    fillWorld()
    expect(await run()).toBe(true)
    expectAllRight()
    expect(await state()).toMatchObject({
      phase: 'done',
      deals: 7,
      clients: 6,
      writes: 11,
      finishedAt: account.clock.now,
    })
    expect(await context.mirror.count(context.id, 'lifecycle', 'new')).toBe(5)
  })

  it('reads the pages of deals and contacts and hardly more, and writes each entity once', async () => {
    fillWorld()
    await run()
    expect(account.api.count('lead', 'contact')).toBe(0)
    expect(account.api.count('company')).toBe(1)
    expect(account.api.count('leads')).toBeLessThanOrEqual(4 + 2)
    expect(account.api.count('contacts')).toBeLessThanOrEqual(3 + 2)
    expect(account.api.updates).toHaveLength(11)
  })

  it('writes nothing the second time', async () => {
    fillWorld()
    await run()
    await run('again')
    expect(account.api.updates).toHaveLength(11)
    expect(await state()).toMatchObject({ run: 'again', phase: 'done', writes: 0 })
  })

  it('of a name that is done is not done again', async () => {
    fillWorld()
    await run()
    const calls = account.api.count()
    expect(await run()).toBe(true)
    expect(account.api.count()).toBe(calls)
  })

  it('of an empty account is done at once', async () => {
    expect(await run()).toBe(true)
    expect(await state()).toMatchObject({ phase: 'done', deals: 0, clients: 0 })
  })

  it('tells how far it came, phase by phase', async () => {
    fillWorld()
    await run()
    const phases = [...new Set(progress.map(({ phase }) => phase))]
    expect(phases).toEqual(['leads', 'events', 'lead_notes', 'contact_notes', 'contacts', 'unread', 'done'])
  })
})

describe('a backfill that is interrupted', () => {
  /** What the due clock would see to. */
  const settleDue = async () => {
    for (const ref of await context.mirror.due(context.id, account.world.now, 100)) {
      await reconcile(context, ref, { priority: 'due', run: 'due', breaker: null })
    }
  }
  /** Every call a backfill makes, by turns the one that fails. */
  const calls = ['leads', 'contacts', 'company', 'communications', 'update'] as const

  it.each(calls)('by a failure of each of its calls of %s is taken up where it stood, and ends right', async (name) => {
    for (let failing = 0; failing < 12; failing++) {
      open()
      fillWorld()
      let seen = 0
      const failNth = () => {
        account.api.before(name, () => {
          if (seen++ === failing) throw new Error('crash')
          failNth()
        })
      }
      failNth()
      const isCrashed = await run().then(
        () => false,
        () => true,
      )
      if (isCrashed) expect(await run()).toBe(true)
      await settleDue()
      expectAllRight()
      if (!isCrashed) return
    }
  })

  it('between a page’s work and its checkpoint repeats that page only', async () => {
    fillWorld()
    const { notes } = context
    const set = notes.set.bind(notes)
    notes.set = async (name, value) => {
      if ((value as BackfillState).phase === 'contacts' && (value as BackfillState).page === 2) throw new Error('crash')
      await set(name, value)
    }
    await expect(run()).rejects.toThrow('crash')
    notes.set = set
    const read = account.api.count('leads')
    expect(await run()).toBe(true)
    expect(account.api.count('leads')).toBe(read)
    expectAllRight()
    expect(account.api.updates).toHaveLength(11)
  })

  it('by the signal hands back at a checkpoint', async () => {
    fillWorld()
    const stop = new AbortController()
    account.api.after('contacts', () => stop.abort())
    expect(await run('install', stop.signal)).toBe(false)
    expect(await state()).toMatchObject({ phase: 'contacts', finishedAt: null })
    expect(await run()).toBe(true)
    expectAllRight()
  })

  it('by another run begins anew', async () => {
    fillWorld()
    account.api.failNext('contacts', 'unavailable')
    await expect(run()).rejects.toThrow()
    const read = account.api.count('leads')
    await run('other')
    expect(account.api.count('leads')).toBeGreaterThan(read)
    expectAllRight()
  })
})

describe('a policy that changes during a backfill', () => {
  it('is what every client is decided by, those of the page under way included', async () => {
    fillWorld()
    account.api.after('update', () => {
      current = account.withPolicy({ targets: { lifecycle: { names: { new: 'Лид' } } } })
    })
    await run()
    for (const id of [1, 2, 3, 4]) expect(account.world.tags('contacts', id)).toContain('Лид')
  })
})

describe('communications on record', () => {
  const note = (entityType: 'leads' | 'contacts' | 'companies', entityId: number, at: number) => ({
    entityType,
    entityId,
    at,
  })

  it('warm a client who did not buy, from the first of them', async () => {
    fillWorld()
    const at = account.world.now - 1000
    account.world.communications = [note('leads', 11, at), note('leads', 11, at - 500), note('contacts', 2, at)]
    await run()
    for (const id of [1, 2]) expect(account.world.tags('contacts', id)).toEqual(['В работе', 'Новый', 'Тёплый'])
    expect(account.world.tags('contacts', 3)).toEqual(OPEN_TAGS)
    expect((await account.doc(contact(1))).incomingAt).toBe(at - 500)
    expect(account.api.updates).toHaveLength(11)
  })

  it('cost no reading of the client, whose own page is still to come', async () => {
    fillWorld()
    account.world.communications = [note('contacts', 2, account.world.now - 1000)]
    account.api.before('contacts', async () => {
      expect(await context.mirror.due(context.id, account.world.now, 10)).toEqual([])
    })
    await run()
    expect(account.api.count('contact')).toBe(0)
  })

  it('on a deal of nobody, and of a card that is gone, leave nothing behind', async () => {
    fillWorld()
    account.world.communications = [note('leads', 90, 5), note('contacts', 404, 5), note('companies', 405, 5)]
    expect(await run()).toBe(true)
    for (const ref of [contact(404), company(405)]) expect(await context.mirror.read(context.id, ref)).toBeNull()
    expectAllRight()
  })
})

describe('where companies are the clients', () => {
  it('a backfill makes companies right, and contacts without one', async () => {
    open({ clientEntity: 'company' })
    account.world.addCompany(7)
    account.world.addContact(1, { companyId: 7, tags: ['Новый'] })
    account.world.addContact(2)
    account.world.addLead(11, { companyId: 7, contacts: mainContact(1) })
    account.world.addLead(12, { contacts: mainContact(2) })
    account.world.communications = [{ entityType: 'contacts', entityId: 1, at: account.world.now }]
    expect(await run()).toBe(true)
    expect(account.world.tags('companies', 7)).toEqual(['В работе', 'Новый', 'Тёплый'])
    expect(account.world.tags('leads', 11)).toEqual(['В работе', 'Новый', 'Тёплый'])
    expect(account.world.tags('contacts', 2)).toEqual(OPEN_TAGS)
    expect((await account.doc(company(7))).incomingAt).toBe(account.world.now)
  })

  it('a backfill that gives the deals to them decides nobody while he has some of his deals', async () => {
    fillWorld()
    await run()
    context = account.withPolicy({ clientEntity: 'company' })
    current = context
    const deciding = account.api.hold('companies')
    const running = run('policy-2')
    await deciding.entered
    expect(await context.mirror.due(context.id, account.world.now + 60, 10)).toEqual([])
    deciding.release()
    expect(await running).toBe(true)
    expect(account.world.tags('companies', 7)).toEqual(OPEN_TAGS)
    expect((await account.doc(company(7))).deals.map(({ id }) => id).toSorted()).toEqual([11, 20])
  })

  it('a message is acted on although a crash came between its note and the decision', async () => {
    open({ clientEntity: 'company' })
    account.world.addCompany(7)
    account.world.communications = [{ entityType: 'companies', entityId: 7, at: account.world.now }]
    let updates = 0
    const failSecond = () =>
      account.api.before('update', () => {
        if (updates++ === 1) throw new Error('crash')
        failSecond()
      })
    failSecond()
    await expect(run()).rejects.toThrow('crash')
    await run()
    expect(await context.mirror.due(context.id, account.world.now, 10)).toEqual([company(7)])
  })
})

describe('the mark from which the sweep reads', () => {
  it('is set by the first backfill to its own beginning', async () => {
    fillWorld()
    const startedAt = account.world.now
    account.api.before('leads', () => account.forward(100))
    await run()
    expect(await readWatermark(context)).toBe(startedAt)
  })

  it('is not moved by a later one: what was deleted before it is found by the sweep only', async () => {
    await setWatermark(context, 1000)
    await run()
    expect(await readWatermark(context)).toBe(1000)
  })
})
