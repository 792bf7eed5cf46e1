import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Intents } from '../../src/store/intents.ts'
import { act } from '../../src/sync/act.ts'
import { webhookSender } from '../../src/sync/send-webhook.ts'
import { ActionStage, type EntryActions, only } from '../support/action-stage.ts'
import { DAY, mainContact } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let stage: ActionStage

beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

const open = (...actions: EntryActions) => {
  stage = new ActionStage(test.redis, test.root, ...actions)
}

const TASK = { id: 'call', type: 'task', text: 'Позвонить: {reason}' } as const
const NOTE = { id: 'note', type: 'note', text: 'Купил' } as const
const BOT = { id: 'bot', type: 'salesbot', botId: 5 } as const
const HOOK = { id: 'tell', type: 'webhook', url: 'https://example.com/hook' } as const

describe('an entry action', () => {
  it('is intended with the transition, made once, and stands in the journal', async () => {
    open(TASK)
    const key = only(await stage.buy())
    expect(await stage.openIntents()).toEqual([key])
    expect(await stage.doIt(key)).toBe(true)
    expect(await stage.doIt(key)).toBe(true)
    expect(stage.api.tasks).toMatchObject([{ entityType: 'contacts', entityId: 1, responsibleUserId: 7 }])
    expect(await stage.openIntents()).toEqual([])
    expect(await stage.made()).toEqual([`live: task ${stage.api.tasks[0]?.id}`])
    expect(await stage.settle()).toEqual([])
  })

  it.each([
    ['a backfill', { priority: 'backfill' } as const],
    ['a hold', { held: 'hold' } as const],
  ])('is not intended during %s', async (_, options) => {
    open(TASK)
    expect(await stage.buy(options)).toEqual([])
    expect(await stage.openIntents()).toEqual([])
  })

  it('is intended during a backfill when it asks for that', async () => {
    open({ ...TASK, duringBackfill: true })
    expect(await stage.buy({ priority: 'backfill' })).toHaveLength(1)
  })

  it('does not follow from first seeing an old client while the base is still being read', async () => {
    open(TASK)
    stage.world.win(17)
    const state = { run: 'install', phase: 'contacts', page: 1, deals: 0, clients: 0, writes: 0 } as const
    await stage.account.context.notes.set('backfill', { ...state, startedAt: 1, finishedAt: null })
    await stage.lookAt(17)
    expect(await stage.settle()).toEqual([])
    expect((await stage.account.doc(stage.anna)).decided?.lifecycle).toBe('one_time')
  })

  it('follows from first seeing a client afterwards, and from a move during it', async () => {
    open(TASK)
    stage.world.win(17)
    await stage.lookAt(17)
    expect(await stage.settle()).toHaveLength(1)
    open(TASK)
    await stage.lookAt(17)
    await stage.settle()
    await stage.account.context.notes.set('backfill', { run: 'x', phase: 'contacts' })
    stage.world.win(17)
    await stage.lookAt(17)
    expect(await stage.settle()).toHaveLength(1)
  })

  it('is not intended for a frozen client', async () => {
    open(TASK)
    stage.world.changeContact(1, { tags: ['стоп-сегмент'] })
    expect(await stage.buy()).toEqual([])
  })

  it('is dropped when the client is frozen, or gone, before it is carried out', async () => {
    open(TASK)
    const key = only(await stage.buy())
    stage.world.changeContact(1, { tags: ['Стоп-сегмент'] })
    await stage.lookAtAnna()
    await stage.doIt(key)
    expect(stage.api.count('createTask')).toBe(0)
    expect(await stage.openIntents()).toEqual([])

    open(NOTE)
    const other = only(await stage.buy())
    stage.world.contacts.delete(1)
    await stage.lookAtAnna()
    await stage.doIt(other)
    expect(stage.api.count('createNote')).toBe(0)
  })

  it('cools down for its days', async () => {
    open({ ...NOTE, coolDownDays: 10 })
    expect(await stage.buy()).toHaveLength(1)
    stage.account.forward(5 * DAY)
    stage.world.addLead(18, { contacts: mainContact(1), statusId: 142, closedAt: stage.world.now })
    await stage.lookAt(18)
    expect(await stage.settle()).toEqual([])
    stage.account.forward(5 * DAY)
    stage.world.leads.delete(18)
    await stage.lookAt(18)
    expect(await stage.settle()).toHaveLength(1)
  })

  it('that amoCRM refuses is not tried again, and is no thing made', async () => {
    open(TASK)
    const key = only(await stage.buy())
    stage.api.failNext('createTask', 'refused')
    expect(await stage.doIt(key)).toBe(true)
    expect(await stage.openIntents()).toEqual([])
    expect(await stage.made()).toEqual([])
  })
})

describe('two workers on one action', () => {
  it.each([
    ['task', TASK, 'createTask'],
    ['note', NOTE, 'createNote'],
    ['salesbot', BOT, 'runSalesbot'],
  ] as const)('make one %s', async (_, action, call) => {
    open(action)
    const key = only(await stage.buy())
    const holding = stage.api.hold(call)
    const first = stage.doIt(key)
    await holding.entered
    expect(await stage.doIt(key)).toBe(false)
    holding.release()
    expect(await first).toBe(true)
    expect(await stage.doIt(key)).toBe(true)
    expect(stage.api.count(call)).toBe(1)
  })

  it('leave it to the one that outlives the other', async () => {
    open(NOTE)
    const key = only(await stage.buy())
    await stage.account.context.intents.begin(stage.account.context.id, key)
    expect(await stage.doIt(key)).toBe(false)
    await test.redis.del(stage.account.keys.of(stage.account.context.id, `acting:${key}`))
    expect(await stage.doIt(key)).toBe(true)
    expect(stage.api.notesMade).toHaveLength(1)
  })
})

describe('after a crash', () => {
  /** The process ends when the call was made and its answer was not yet noted. */
  const crashAfter = async (call: 'createTask' | 'createNote' | 'runSalesbot', key: string) => {
    stage.api.after(call, () => {
      throw new Error('the process ends here')
    })
    await expect(stage.doIt(key)).rejects.toThrow('ends here')
    expect(await stage.openIntents()).toEqual([key])
  }

  it('a task that was made is found and known as ours', async () => {
    open(TASK)
    const key = only(await stage.buy())
    await crashAfter('createTask', key)
    await stage.doIt(key)
    expect(stage.api.tasks).toHaveLength(1)
    expect(await stage.made()).toEqual([`live: task ${stage.api.tasks[0]?.id}`])
  })

  it('a note that was made is not repeated, one that was not is', async () => {
    open(NOTE)
    const key = only(await stage.buy())
    stage.api.failNext('createNote', 'unavailable')
    await expect(stage.doIt(key)).rejects.toMatchObject({ code: 'unavailable' })
    expect(stage.api.notesMade).toHaveLength(0)
    await crashAfter('createNote', key)
    await stage.doIt(key)
    expect(stage.api.notesMade).toHaveLength(1)
  })

  it('a Salesbot that may have been started is not started again', async () => {
    open(BOT)
    const key = only(await stage.buy())
    await crashAfter('runSalesbot', key)
    await stage.doIt(key)
    expect(stage.api.count('runSalesbot')).toBe(1)
    expect(await stage.openIntents()).toEqual([])
  })

  it('before the call a rebuilt context finds the intent and carries it out', async () => {
    open(TASK, NOTE)
    await stage.buy()
    const { context, keys } = stage.account
    const rebuilt = { ...context, intents: new Intents(test.redis, keys) }
    for (const key of await rebuilt.intents.open(rebuilt.id, 10)) await act(rebuilt, key, async () => 'webhook 200')
    expect([stage.api.tasks.length, stage.api.notesMade.length]).toEqual([1, 1])
  })

  it.each(['unauthorized', 'payment_required', 'blocked', 'rate_limited'] as const)(
    'a Salesbot that was refused with the whole account (%s) is started when the account works again',
    async (code) => {
      open(BOT)
      const key = only(await stage.buy())
      stage.api.failNext('runSalesbot', code)
      await expect(stage.doIt(key)).rejects.toMatchObject({ code })
      await stage.doIt(key)
      expect(stage.api.bots).toEqual([{ botId: 5, entityType: 'contacts', entityId: 1 }])
    },
  )
})

describe('an outgoing webhook', () => {
  it('is sent again until it gets through, then noted', async () => {
    open(HOOK)
    const key = only(await stage.buy())
    await expect(act(stage.account.context, key, async () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await stage.openIntents()).toEqual([key])
    await stage.doIt(key)
    expect(stage.sent).toEqual(['https://example.com/hook'])
    expect(await stage.made()).toEqual(['live: webhook 200'])
  })

  it('to an address that may not be reached is given up at once, and nothing is noted', async () => {
    open({ ...HOOK, url: 'http://127.0.0.1:1/hook' })
    const key = only(await stage.buy())
    const send = webhookSender({ secretOf: async () => 'secret', guard: stage.account.context.addressGuard })
    expect(await act(stage.account.context, key, send)).toBe(true)
    expect([await stage.openIntents(), await stage.made()]).toEqual([[], []])
  })
})
