import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { act } from '../../src/sync/act.ts'
import { look } from '../../src/sync/look.ts'
import { type ReconcileOptions, reconcile } from '../../src/sync/reconcile.ts'
import { contact, DAY, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const ANNA = contact(1)

let test: TestRedis
let account: TestAccount
let sent: string[]

beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

type EntryActions = NonNullable<PolicyInput['actions']>[number]['actions']

/** The policy does this when a client buys for the first time. */
const open = (...actions: EntryActions) => {
  sent = []
  account = testAccount(test.redis, test.root, {
    actions: [{ dimension: 'lifecycle', to: ['one_time', 'periodic'], actions }],
  })
  account.world.addContact(1, { responsibleUserId: 7 })
  account.world.addLead(17, { contacts: mainContact(1) })
}
const send = async (_id: number, url: string) => {
  sent.push(url)
  return 'webhook 200'
}
const lookAt = (id: number) => look(account.context, { entity: 'lead', id, incoming: false })
const settle = async (options: Partial<ReconcileOptions> = {}): Promise<readonly string[]> => {
  const result = await reconcile(account.context, ANNA, { priority: 'live', run: 'live', breaker: null, ...options })
  if (result.type !== 'settled') throw new Error(`not settled: ${result.type}`)
  return result.intents
}
/** A first look at Anna, before she buys; then she does. Answers what is intended. */
const buy = async (options: Partial<ReconcileOptions> = {}) => {
  await lookAt(17)
  await settle()
  account.world.win(17)
  await lookAt(17)
  return settle(options)
}
const doIt = (key: string) => act(account.context, key, send)
const only = (keys: readonly string[]): string => {
  expect(keys).toHaveLength(1)
  return keys[0] ?? ''
}
const openIntents = () => account.context.intents.open(account.context.id, 100)
const made = async () => {
  const all = []
  for await (const some of account.context.journal.actionsOf(account.context.id, null)) all.push(...some)
  return all.map((one) => `${one.run}: ${one.made}`)
}

const TASK = { id: 'call', type: 'task', text: 'Позвонить: {reason}' } as const
const NOTE = { id: 'note', type: 'note', text: 'Купил' } as const
const BOT = { id: 'bot', type: 'salesbot', botId: 5 } as const
const FIELD = { id: 'mark', type: 'field', field: 77, value: 'Разовый' } as const
const HOOK = { id: 'tell', type: 'webhook', url: 'https://example.com/hook' } as const

describe('an entry action', () => {
  it('is intended with the transition, made once, and stands in the journal', async () => {
    open(TASK)
    const key = only(await buy())
    expect(await openIntents()).toEqual([key])
    expect(await doIt(key)).toBe(true)
    expect(await doIt(key)).toBe(true)
    expect(account.api.tasks).toMatchObject([{ entityType: 'contacts', entityId: 1, responsibleUserId: 7 }])
    expect(await openIntents()).toEqual([])
    expect(await made()).toEqual([`live: task ${account.api.tasks[0]?.id}`])
    expect(await settle()).toEqual([])
  })

  it.each([
    ['a backfill', { priority: 'backfill' } as const],
    ['a hold', { held: 'hold' } as const],
  ])('is not intended during %s', async (_, options) => {
    open(TASK)
    expect(await buy(options)).toEqual([])
    expect(await openIntents()).toEqual([])
  })

  it('is intended during a backfill when it asks for that', async () => {
    open({ ...TASK, duringBackfill: true })
    expect(await buy({ priority: 'backfill' })).toHaveLength(1)
  })

  it('does not follow from first seeing an old client while the base is still being read', async () => {
    open(TASK)
    account.world.win(17)
    const state = { run: 'install', phase: 'contacts', page: 1, deals: 0, clients: 0, writes: 0 } as const
    await account.context.notes.set('backfill', { ...state, startedAt: 1, finishedAt: null })
    await lookAt(17)
    expect(await settle()).toEqual([])
    expect((await account.doc(ANNA)).decided?.lifecycle).toBe('one_time')
  })

  it('follows from first seeing a client afterwards, and from a move during it', async () => {
    open(TASK)
    account.world.win(17)
    await lookAt(17)
    expect(await settle()).toHaveLength(1)
    open(TASK)
    await lookAt(17)
    await settle()
    await account.context.notes.set('backfill', { run: 'x', phase: 'contacts' })
    account.world.win(17)
    await lookAt(17)
    expect(await settle()).toHaveLength(1)
  })

  it('is not intended for a frozen client', async () => {
    open(TASK)
    account.world.changeContact(1, { tags: ['стоп-сегмент'] })
    expect(await buy()).toEqual([])
  })

  it('is dropped when the client is frozen, or gone, before it is carried out', async () => {
    open(TASK)
    const key = only(await buy())
    account.world.changeContact(1, { tags: ['Стоп-сегмент'] })
    await look(account.context, { entity: 'contact', id: 1, incoming: false })
    await doIt(key)
    expect(account.api.count('createTask')).toBe(0)
    expect(await openIntents()).toEqual([])

    open(NOTE)
    const other = only(await buy())
    account.world.contacts.delete(1)
    await look(account.context, { entity: 'contact', id: 1, incoming: false })
    await doIt(other)
    expect(account.api.count('createNote')).toBe(0)
  })

  it('cools down for its days', async () => {
    open({ ...NOTE, coolDownDays: 10 })
    expect(await buy()).toHaveLength(1)
    account.forward(5 * DAY)
    account.world.addLead(18, { contacts: mainContact(1), statusId: 142, closedAt: account.world.now })
    await lookAt(18)
    expect(await settle()).toEqual([])
    account.forward(5 * DAY)
    account.world.leads.delete(18)
    await lookAt(18)
    expect(await settle()).toHaveLength(1)
  })

  it('that amoCRM refuses is not tried again, and is no thing made', async () => {
    open(TASK)
    const key = only(await buy())
    account.api.failNext('createTask', 'refused')
    expect(await doIt(key)).toBe(true)
    expect(await openIntents()).toEqual([])
    expect(await made()).toEqual([])
  })
})

describe('two workers on one action', () => {
  it.each([
    ['task', TASK, 'createTask'],
    ['note', NOTE, 'createNote'],
    ['salesbot', BOT, 'runSalesbot'],
  ] as const)('make one %s', async (_, action, call) => {
    open(action)
    const key = only(await buy())
    const holding = account.api.hold(call)
    const first = doIt(key)
    await holding.entered
    expect(await doIt(key)).toBe(false)
    holding.release()
    expect(await first).toBe(true)
    expect(await doIt(key)).toBe(true)
    expect(account.api.count(call)).toBe(1)
  })

  it('leave it to the one that outlives the other', async () => {
    open(NOTE)
    const key = only(await buy())
    await account.context.intents.begin(account.context.id, key)
    expect(await doIt(key)).toBe(false)
    await test.redis.del(account.keys.of(account.context.id, `acting:${key}`))
    expect(await doIt(key)).toBe(true)
    expect(account.api.notesMade).toHaveLength(1)
  })
})

describe('after a crash', () => {
  /** The process ends when the call was made and its answer was not yet noted. */
  const crashAfter = async (call: 'createTask' | 'createNote' | 'runSalesbot', key: string) => {
    account.api.after(call, () => {
      throw new Error('the process ends here')
    })
    await expect(doIt(key)).rejects.toThrow('ends here')
    expect(await openIntents()).toEqual([key])
  }

  it('a task that was made is found and known as ours', async () => {
    open(TASK)
    const key = only(await buy())
    await crashAfter('createTask', key)
    await doIt(key)
    expect(account.api.tasks).toHaveLength(1)
    expect(await made()).toEqual([`live: task ${account.api.tasks[0]?.id}`])
  })

  it('a note that was made is not repeated, one that was not is', async () => {
    open(NOTE)
    const key = only(await buy())
    account.api.failNext('createNote', 'unavailable')
    await expect(doIt(key)).rejects.toMatchObject({ code: 'unavailable' })
    expect(account.api.notesMade).toHaveLength(0)
    await crashAfter('createNote', key)
    await doIt(key)
    expect(account.api.notesMade).toHaveLength(1)
  })

  it('a Salesbot that may have been started is not started again', async () => {
    open(BOT)
    const key = only(await buy())
    await crashAfter('runSalesbot', key)
    await doIt(key)
    expect(account.api.count('runSalesbot')).toBe(1)
    expect(await openIntents()).toEqual([])
  })

  it('before the call a rebuilt context finds the intent and carries it out', async () => {
    open(TASK, NOTE)
    await buy()
    account = { ...account, context: { ...account.context } }
    for (const key of await openIntents()) await doIt(key)
    expect([account.api.tasks.length, account.api.notesMade.length]).toEqual([1, 1])
  })

  it.each(['unauthorized', 'payment_required', 'blocked', 'rate_limited'] as const)(
    'a Salesbot that was refused with the whole account (%s) is started when the account works again',
    async (code) => {
      open(BOT)
      const key = only(await buy())
      account.api.failNext('runSalesbot', code)
      await expect(doIt(key)).rejects.toMatchObject({ code })
      await doIt(key)
      expect(account.api.bots).toEqual([{ botId: 5, entityType: 'contacts', entityId: 1 }])
    },
  )
})

describe('one open task per client and reason', () => {
  const buyAgain = async (id: number) => {
    account.forward(2 * DAY)
    account.world.addLead(id, { contacts: mainContact(1), statusId: 142, closedAt: account.world.now })
    await lookAt(id)
    return only(await settle())
  }

  it('none is made where a person made the same', async () => {
    open({ ...TASK, text: 'Позвонить' })
    const key = only(await buy())
    const task = { id: 1, text: ' Позвонить\n', entityType: 'contacts', entityId: 1, responsibleUserId: 3 } as const
    account.api.tasks.push({ ...task, isCompleted: false })
    await doIt(key)
    expect(account.api.count('createTask')).toBe(0)
    expect(await made()).toEqual([])
  })

  it('none is made while ours is open, though its text differs; one is when it is completed', async () => {
    open(TASK)
    await doIt(only(await buy()))
    await doIt(await buyAgain(18))
    expect(account.api.tasks).toHaveLength(1)
    for (const task of account.api.tasks) task.isCompleted = true
    account.world.leads.delete(18)
    await lookAt(18)
    await doIt(only(await settle()))
    expect(account.api.tasks).toHaveLength(2)
  })

  it('none is made on one deal while that of another is open', async () => {
    open({ ...TASK, on: 'deal' })
    account.world.addLead(20, { contacts: mainContact(1), createdAt: account.world.now + 1 })
    await lookAt(20)
    await doIt(only(await buy()))
    expect(account.api.tasks).toMatchObject([{ entityType: 'leads', entityId: 20 }])
    account.world.addLead(21, { contacts: mainContact(1), createdAt: account.world.now + 5 })
    await lookAt(21)
    await doIt(await buyAgain(18))
    expect(account.api.tasks).toHaveLength(1)
  })
})

describe('a field', () => {
  const history = async () => {
    const all = []
    for await (const some of account.context.journal.ofRun(account.context.id, 'live')) all.push(...some)
    return all.filter((entry) => Object.keys(entry.fieldsAfter).length > 0)
  }

  it('is set, with what stood before in the journal', async () => {
    open(FIELD)
    account.world.changeContact(1, { fields: { 77: { values: ['Новый'] } } })
    await doIt(only(await buy()))
    expect(account.world.contacts.get(1)?.fields[77]).toEqual({ values: ['Разовый'] })
    expect(await history()).toMatchObject([{ fieldsBefore: { 77: 'Новый' }, fieldsAfter: { 77: 'Разовый' } }])
    expect(await made()).toEqual([])
  })

  it('that stands so already is not written', async () => {
    open(FIELD)
    account.world.changeContact(1, { fields: { 77: { values: ['Разовый'] } } })
    const key = only(await buy())
    const before = account.api.updates.length
    await doIt(key)
    expect(account.api.updates).toHaveLength(before)
    expect(await history()).toEqual([])
  })

  it('of several values is listed instead: one value cannot put them back', async () => {
    open(FIELD)
    account.world.changeContact(1, { fields: { 77: { values: ['Новый', 'Разовый'] } } })
    await doIt(only(await buy()))
    expect(await history()).toEqual([])
    expect(await made()).toEqual(['live: field 77 of contacts/1'])
  })
})

describe('an outgoing webhook', () => {
  it('is sent again until it gets through, then noted', async () => {
    open(HOOK)
    const key = only(await buy())
    await expect(act(account.context, key, async () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await openIntents()).toEqual([key])
    await doIt(key)
    expect(sent).toEqual(['https://example.com/hook'])
    expect(await made()).toEqual(['live: webhook 200'])
  })
})
