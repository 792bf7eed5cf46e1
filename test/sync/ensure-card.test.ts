import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const POLICY = { card: { pipelineId: 20, statuses: { new: 201, one_time: 202 }, createCard: true } }
const ANNA = contact(1)

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root, POLICY)
  account.world.addContact(1)
  await look(account.context, { entity: 'contact', id: 1, incoming: false })
})
afterAll(() => test.close())

const settle = () => reconcile(account.context, ANNA, { priority: 'live', run: 'live', breaker: null })
const cards = () => [...account.world.leads.values()].filter(({ pipelineId }) => pipelineId === 20)

describe('the card of a client', () => {
  it('is made in the stage of his segment, once, and bears his tags', async () => {
    await settle()
    expect(cards()).toMatchObject([{ statusId: 201, contacts: mainContact(1) }])
    await settle()
    await look(account.context, { entity: 'contact', id: 1, incoming: false })
    await settle()
    expect(account.api.count('createLead')).toBe(1)
    expect(account.world.tags('leads', cards()[0]?.id ?? 0)).toContain('Новый')
  })

  it('is not made where amoCRM has one that we did not know', async () => {
    account.world.addLead(50, { pipelineId: 20, statusId: 202, contacts: mainContact(1) })
    await settle()
    expect(account.api.count('createLead')).toBe(0)
    expect(cards()).toMatchObject([{ id: 50, statusId: 201 }])
  })

  it('is made once by two who work on him at once', async () => {
    await Promise.all([settle(), settle()])
    expect(account.api.count('createLead')).toBe(1)
  })

  it('is made by the next try when the call fails', async () => {
    account.api.failNext('createLead', 'unavailable')
    await expect(settle()).rejects.toMatchObject({ code: 'unavailable' })
    await settle()
    expect(cards()).toHaveLength(1)
  })

  it('is looked for again when its maker crashed over it', async () => {
    await account.context.notes.claim('making-card:contact:1', 600)
    expect(await settle()).toMatchObject({ type: 'settled' })
    expect(cards()).toEqual([])
    expect(account.world.tags('contacts', 1)).toContain('Новый')
    const due = (seconds: number) => account.context.mirror.due(account.context.id, seconds, 10)
    expect(await due(account.world.now + 599)).toEqual([])
    expect(await due(account.world.now + 600)).toEqual([ANNA])
    await account.context.notes.release('making-card:contact:1')
    account.forward(600)
    await settle()
    expect(cards()).toHaveLength(1)
  })

  it('that amoCRM refuses keeps nothing else from being written, and is not asked for in a loop', async () => {
    account.api.failNext('createLead', 'refused')
    expect(await settle()).toMatchObject({ type: 'settled', writes: 1 })
    expect(account.world.tags('contacts', 1)).toContain('Новый')
    expect(account.api.count('createLead')).toBe(1)
    expect(await account.context.mirror.due(account.context.id, 2 ** 40, 10)).toEqual([])
  })

  it('is found by the next try when the process ended after it was made', async () => {
    account.api.after('createLead', () => {
      throw new Error('the process ends here')
    })
    await expect(settle()).rejects.toThrow('ends here')
    await settle()
    expect(account.api.count('createLead')).toBe(1)
    expect(cards()).toHaveLength(1)
    expect((await account.doc(ANNA)).deals).toHaveLength(1)
  })

  it('comes with the tags of the answers it brings about, and is listed as made by the run', async () => {
    await settle()
    const [card] = cards()
    expect(account.world.tags('leads', card?.id ?? 0)).toEqual(account.world.tags('contacts', 1))
    expect(account.api.updates.map(({ type }) => type)).toEqual(['contacts'])
    const made = []
    for await (const some of account.context.journal.actionsOf(account.context.id, 'live')) made.push(...some)
    expect(made).toMatchObject([{ type: 'card', client: ANNA, actionId: null, made: `card ${card?.id}` }])
  })

  it('is not made for a frozen client, nor one that is held', async () => {
    await reconcile(account.context, ANNA, { priority: 'live', run: 'live', breaker: null, held: 'hold' })
    await settle()
    expect(cards()).toEqual([])
    account.world.changeContact(1, { tags: ['стоп-сегмент'] })
    await look(account.context, { entity: 'contact', id: 1, incoming: false })
    await reconcile(account.context, ANNA, { priority: 'live', run: 'live', breaker: null, held: 'release' })
    expect(cards()).toEqual([])
  })
})
