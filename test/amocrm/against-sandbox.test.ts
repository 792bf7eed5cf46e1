import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts'
import type { AmoApi } from '../../src/amocrm/amo-api.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { MemoryTokens, testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let sandbox: Sandbox

beforeAll(async () => {
  testRedis = await connectTestRedis()
})
afterEach(() => sandbox.close())
afterAll(() => testRedis.close())

const open = async (options: Parameters<typeof createSandbox>[0], requestsPerSecond = 500) => {
  sandbox = await createSandbox({ requestsPerSecond, ...options })
  const issued = sandbox.tokens()
  const pair = { accessToken: issued.access_token, refreshToken: issued.refresh_token, expiresAt: null }
  const tokens = new MemoryTokens(pair)
  return testAccount(testRedis, sandbox.url, { tokens, requestsPerSecond, marginMs: 150, oauth: sandbox.integration })
}

const allContacts = async (api: AmoApi) => {
  const ids: number[] = []
  for (let page = 1; ; page++) {
    const { items, hasNext } = await api.contacts({ page, order: 'id' }, 'backfill')
    ids.push(...items.map(({ id }) => id))
    if (!hasNext) return ids
  }
}
const tag = (id: number, name: string) => ({ id, tags: { add: [name], remove: [] } })

describe('against the imitation of amoCRM', () => {
  it('a base is read and tagged at the limit, without one 429', async () => {
    const { api } = await open({ clients: 900 }, 7)
    const ids = await allContacts(api)
    expect(ids).toHaveLength(900)
    const outcomes = await Promise.all(ids.map((id) => api.update('contacts', tag(id, 'Спящий'), 'backfill')))
    expect(outcomes.every(({ type }) => type === 'written')).toBe(true)
    const contacts = await Promise.all(ids.map((id) => api.contact(id, 'live')))
    expect(contacts.every((contact) => contact?.tags.includes('Спящий'))).toBe(true)
    expect(sandbox.stats.count({ status: 429 })).toBe(0)
    expect(sandbox.stats.maxInAnySlidingSecond()).toBeLessThanOrEqual(7)
    expect(sandbox.stats.count({ method: 'PATCH' })).toBe(4)
  })

  it.each(['refuse', 'omit'] as const)('a batch with an unknown id (%s) writes the others', async (missingInBatch) => {
    const { api } = await open({ clients: 20, doubts: { missingInBatch } })
    const ids = await allContacts(api)
    const outcomes = await Promise.all([...ids, 999_999_999].map((id) => api.update('contacts', tag(id, 'x'), 'live')))
    expect(outcomes.map(({ type }) => type)).toEqual([...ids.map(() => 'written'), 'gone'])
  })

  it('a revoked token is refreshed on the way', async () => {
    const { api, tokens } = await open({ clients: 5 })
    const before = tokens.pair?.accessToken ?? ''
    sandbox.revokeToken(before)
    expect(await allContacts(api)).toHaveLength(5)
    expect(tokens.pair?.accessToken).not.toBe(before)
    expect(tokens.written).toHaveLength(1)
  })

  it.each(['replace', 'merge'] as const)('a changed subscription stands as asked (%s)', async (repostSettings) => {
    const { api } = await open({ doubts: { repostSettings } })
    const destination = 'https://app.example/hooks/1'
    await api.subscribe(destination, ['add_lead', 'update_lead'])
    await api.subscribe(destination, ['update_lead', 'add_contact'])
    const [webhook] = await api.webhooks()
    expect(webhook?.settings.toSorted()).toEqual(['add_contact', 'update_lead'])
    await api.unsubscribe(destination)
    expect(await api.webhooks()).toEqual([])
  })

  it('a lost answer to a write is written again, a lost task is not made twice', async () => {
    const { api } = await open({ clients: 5 })
    const [id = 0] = await allContacts(api)
    let losses = 0
    sandbox.faults.onRequest = ({ method }) => {
      const lose = method !== 'GET' && losses < 1
      if (lose) losses++
      return lose ? { loseAnswer: true } : undefined
    }
    expect((await api.update('contacts', tag(id, 'x'), 'live')).type).toBe('written')
    losses = 0
    const task = { text: 'mark', completeTill: 2_000_000_000, entityType: 'contacts', entityId: id } as const
    await expect(api.createTask(task)).rejects.toMatchObject({ code: 'unavailable' })
    expect((await api.openTasks('contacts', id)).filter(({ text }) => text === 'mark')).toHaveLength(1)
  })
})
