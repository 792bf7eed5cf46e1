import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { look } from '../../src/sync/look.ts'
import { company, contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount

const lock = (segment: string) => ({ dimension: 'temperature', segment, author: 'Anna', until: null })
const HOT = lock('hot')
const COLD = lock('cold')
const [LOSER, WINNER] = [contact(1), contact(2)]

beforeAll(async () => {
  test = await connectTestRedis()
})
/** Contact 1 wrote, and is held hot by hand. */
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  for (const id of [1, 2]) {
    account.world.addContact(id)
    account.world.addLead(10 + id, { contacts: mainContact(id) })
    await lookAt(id)
  }
  await change(LOSER, { incomingAt: 1000, locks: [HOT] })
})
afterAll(() => test.close())

const lookAt = (id: number) => look(account.context, { entity: 'contact', id, incoming: false })
const change = (ref: typeof LOSER, part: object) =>
  account.context.mirror.update(account.context.id, ref, (doc) => doc && { ...doc, ...part })
const isGone = async (id: number) => (await account.context.mirror.read(account.context.id, contact(id))) === null

describe('a client who is merged into another', () => {
  it.each([
    ['loser', [1, 2]],
    ['winner', [2, 1]],
  ])('leaves him what only we know, also when the hook of the %s comes first', async (_, order) => {
    account.world.mergeContacts(1, 2)
    const touched = []
    for (const id of order) touched.push(...(await lookAt(id)))
    expect(touched).toContainEqual(WINNER)
    expect(await isGone(1)).toBe(true)
    const heir = await account.doc(WINNER)
    expect(heir).toMatchObject({ incomingAt: 1000, locks: [HOT], dueAt: account.world.now })
    expect(heir.deals.map(({ id }) => id).toSorted()).toEqual([11, 12])
  })

  it('does not overrule what the winner has himself', async () => {
    await change(WINNER, { incomingAt: 500, locks: [COLD] })
    account.world.mergeContacts(1, 2)
    await lookAt(1)
    expect(await account.doc(WINNER)).toMatchObject({ incomingAt: 500, locks: [HOT, COLD] })
  })

  it('leaves it once, however often his end is told', async () => {
    account.world.mergeContacts(1, 2)
    const { mirror } = account.context
    const commit = mirror.commit.bind(mirror)
    mirror.commit = () => Promise.reject(new Error('crash'))
    await expect(lookAt(1)).rejects.toThrow('crash')
    mirror.commit = commit
    await lookAt(1)
    expect((await account.doc(WINNER)).locks).toEqual([HOT])
  })
})

describe('a client who is deleted', () => {
  it('leaves nothing to a company that gets his deals: it is no duplicate of him', async () => {
    account.world.addCompany(7)
    account.world.changeLead(11, { contacts: [], companyId: 7 })
    account.world.contacts.delete(1)
    await lookAt(1)
    expect(await isGone(1)).toBe(true)
    expect(await account.doc(company(7))).toMatchObject({ incomingAt: null, locks: [] })
  })

  it('leaves nothing to who got a deal of his long ago', async () => {
    account.world.changeLead(11, { contacts: mainContact(2) })
    await lookAt(2)
    const [kept = ''] = await test.redis.keys(`${test.root}:{${account.context.id}}:notes:heir:*`)
    expect(await test.redis.ttl(kept)).toBeLessThanOrEqual(86_400)
    await test.redis.del(kept)
    account.world.contacts.delete(1)
    await lookAt(1)
    expect(await account.doc(WINNER)).toMatchObject({ incomingAt: null, locks: [] })
  })
})
