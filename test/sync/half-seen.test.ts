import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { contact, DAY, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root, {
    actions: [{ dimension: 'lifecycle', to: ['sleeping'], actions: [{ id: 'call', type: 'task', text: 'Позвонить' }] }],
  })
  account.world.addContact(1)
  await look(account.context, { entity: 'contact', id: 1, incoming: false })
  await settle()
})
afterAll(() => test.close())

const settle = () => reconcile(account.context, contact(1), { priority: 'live', run: 'live', breaker: null })
const bought = (id: number, daysAgo: number) => {
  const at = account.world.now - daysAgo * DAY
  account.world.addLead(id, { contacts: mainContact(1), statusId: 142, closedAt: at, createdAt: at })
}
const lookAt = (id: number) => look(account.context, { entity: 'lead', id, incoming: false })

it('an old purchase told before a new one makes nobody sleep: what can’t be taken back waits for all deals', async () => {
  account.forward(5)
  bought(17, 200)
  bought(18, 2)
  await lookAt(17)
  expect(await settle()).toMatchObject({
    type: 'settled',
    intents: [],
    verdict: { lifecycle: { segment: 'periodic' } },
  })
  expect(account.world.tags('contacts', 1)).toEqual(['Горячий', 'Периодический'])
})

it('who is seen whole is acted upon, also when his card does not name his deal', async () => {
  account.forward(5)
  bought(17, 200)
  account.world.unlisted.add(17)
  await lookAt(17)
  expect(await settle()).toMatchObject({ type: 'settled', intents: [expect.stringContaining('call')] })
})

it('without an action at stake nothing is read twice', async () => {
  account.forward(5)
  bought(17, 2)
  await lookAt(17)
  const read = account.api.count('contact')
  expect(await settle()).toMatchObject({ type: 'settled', verdict: { lifecycle: { segment: 'one_time' } } })
  expect(account.api.count('contact')).toBe(read)
})
