import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientDoc } from '../../src/store/client-doc.ts'
import { type ClientRow, ClientRows, rowText } from '../../src/store/client-rows.ts'
import { Keys } from '../../src/store/keys.ts'
import { Mirror } from '../../src/store/mirror.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { clientWithDeals } from './sample-client.ts'

const ACCOUNT = 5
const FIGURES = {
  ...{ ltv: 12_500.5, purchases: 3, lastPurchaseAt: 1_780_000_000, sleepsAt: 1_797_776_000 },
  ...{ nextChangeAt: null, responsibleUserId: 9_123_456 },
}

let test: TestRedis
let mirror: Mirror
let rows: ClientRows
beforeAll(async () => {
  test = await connectTestRedis()
  const keys = new Keys(test.root)
  mirror = new Mirror(test.redis, keys)
  rows = new ClientRows(test.redis, keys)
})
afterAll(() => test.close())

const gathered = async <T>(handfuls: AsyncIterable<T[]>): Promise<T[]> => {
  const found: T[] = []
  for await (const some of handfuls) found.push(...some)
  return found
}
const all = () => gathered<ClientRow>(rows.all(ACCOUNT))
const names = () => gathered(rows.allNames(ACCOUNT))

describe('the row of a client', () => {
  const client: ClientDoc = { ...clientWithDeals(1), figures: FIGURES }
  const { ref } = client

  it('comes and changes with his decision, and goes with him, his name too', async () => {
    await mirror.commit(ACCOUNT, null, { ...client, decided: null, figures: null }, [
      mirror.nameCommand(ACCOUNT, ref, 'Анна'),
    ])
    expect([await all(), await names()]).toEqual([[], [[ref, 'Анна']]])

    const change = (part: Partial<ClientDoc>) => mirror.update(ACCOUNT, ref, (doc) => doc && { ...doc, ...part })
    const before = await rows.version(ACCOUNT)
    await change({ decided: client.decided, figures: FIGURES })
    const row = { client: ref, lifecycle: 'regular', temperature: 'hot', standing: null, ...FIGURES }
    expect(await all()).toEqual([row])
    const decided = await rows.version(ACCOUNT)
    expect(decided).not.toBe(before)

    await change({ dueAt: 5 })
    expect(await rows.version(ACCOUNT)).toBe(decided)
    await change({ figures: { ...FIGURES, ltv: 13_000 } })
    expect(await all()).toEqual([{ ...row, ltv: 13_000 }])
    expect(await rows.version(ACCOUNT)).not.toBe(decided)

    expect(await rows.names(ACCOUNT, [{ kind: 'company', id: 7 }, ref])).toEqual(['', 'Анна'])
    await mirror.update(ACCOUNT, ref, () => null)
    expect([await all(), await names()]).toEqual([[], []])
  })

  it('is short enough for a compact list, whatever he is worth', () => {
    const most = Number.MAX_SAFE_INTEGER / 100
    const instant = 4_000_000_000
    const figures = {
      ...{ ltv: most, purchases: 10_000, lastPurchaseAt: instant, sleepsAt: instant, nextChangeAt: instant },
      responsibleUserId: 999_999_999,
    }
    expect((rowText({ decided: client.decided, figures }) ?? '').length).toBeLessThanOrEqual(64)
  })
})
