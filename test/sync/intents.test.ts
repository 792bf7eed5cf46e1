import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PlannedAction } from '../../src/segmentation/plan-actions.ts'
import type { Begun, Intents } from '../../src/store/intents.ts'
import type { Keys } from '../../src/store/keys.ts'
import { contact, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const ANNA = contact(1)
const actionOf = (key: string): PlannedAction => ({
  ...{ key, actionId: 'note', type: 'note', entity: { type: 'contact', id: 1 }, text: 'Hello' },
  cause: { dimension: 'lifecycle', ruleId: null, dealId: null, from: 'new', to: 'one_time' },
})

let test: TestRedis
let intents: Intents
let keys: Keys
let id: number

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  const account = testAccount(test.redis, test.root)
  id = account.context.id
  intents = account.context.intents
  keys = account.keys
})
afterAll(() => test.close())

const intend = async (...actionKeys: string[]) => {
  const wanted = actionKeys.map((key) => ({ client: ANNA, action: actionOf(key), run: 'live', at: 5 }))
  for (const { command, key, args } of intents.store(id, wanted)) await test.redis.call(command, key, ...args)
}
const begin = async (key: string): Promise<Begun> => {
  const begun = await intents.begin(id, key)
  if (begun.type !== 'begun') throw new Error(`it is ${begun.type}`)
  return begun
}

describe('an intent', () => {
  it('is there until it is done, and counts its tries', async () => {
    await intend('a')
    const first = await begin('a')
    expect(first.intent).toEqual({ client: ANNA, action: actionOf('a'), run: 'live', at: 5, begun: 1 })
    await first.release(false)
    const second = await begin('a')
    expect(second.intent.begun).toBe(2)
    await second.done([])
    expect(await intents.begin(id, 'a')).toEqual({ type: 'none' })
    expect(await intents.open(id, 10)).toEqual([])
  })

  it('nobody intended is none', async () => {
    expect(await intents.begin(id, 'a')).toEqual({ type: 'none' })
  })

  it('is in the hands of one at a time', async () => {
    await intend('a')
    const taken = await Promise.all([1, 2, 3, 4].map(() => intents.begin(id, 'a')))
    expect(taken.map(({ type }) => type).toSorted()).toEqual(['begun', 'busy', 'busy', 'busy'])
    const [mine] = taken.filter((one) => one.type === 'begun')
    expect(mine?.intent.begun).toBe(1)
  })

  it('released as uncalled begins from the first try again', async () => {
    await intend('a')
    await (await begin('a')).release(true)
    expect((await begin('a')).intent.begun).toBe(1)
  })

  it('is held on by who keeps it, and free some time after who does not', async () => {
    await intend('a')
    const begun = await begin('a')
    const holder = keys.of(id, 'acting:a')
    expect(await test.redis.pttl(holder)).toBeGreaterThan(20_000)
    await test.redis.pexpire(holder, 1_000)
    await begun.keep()
    expect(await test.redis.pttl(holder)).toBeGreaterThan(20_000)
  })

  it('taken over is not let go, nor kept, by who had it before', async () => {
    await intend('a')
    const late = await begin('a')
    await test.redis.del(keys.of(id, 'acting:a'))
    await begin('a')
    await late.release(false)
    await late.keep()
    expect(await intents.begin(id, 'a')).toEqual({ type: 'busy' })
  })

  it('is done in one step with what it leaves behind', async () => {
    await intend('a')
    const task = { id: 9, entityType: 'contacts', entityId: 1 } as const
    expect(await intents.lastTask(id, ANNA, 'call')).toBeNull()
    await (await begin('a')).done([intents.rememberTask(id, ANNA, 'call', task)])
    expect(await intents.lastTask(id, ANNA, 'call')).toEqual(task)
    expect(await intents.lastTask(id, contact(2), 'call')).toBeNull()
    expect(await intents.lastTask(id, ANNA, 'write')).toBeNull()
  })

  it('given up is gone', async () => {
    await intend('a', 'b')
    await intents.giveUp(id, 'a')
    expect(await intents.open(id, 10)).toEqual(['b'])
  })
})

describe('the open intents', () => {
  it('come all in turn, although those first in line stay', async () => {
    const all = Array.from({ length: 2_000 }, (_, index) => `key-${index}`)
    await intend(...all)
    const seen = new Set<string>()
    for (let call = 0; call < 2_000 && seen.size < all.length; call++) {
      for (const key of await intents.open(id, 100)) seen.add(key)
    }
    expect(seen.size).toBe(all.length)
  })
})
