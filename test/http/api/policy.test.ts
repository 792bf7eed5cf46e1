import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../../src/segmentation/policy.ts'
import { lookJob } from '../../../src/sync/job-catalog.ts'
import { DAY, mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, OPS, SALESPERSON } from './support/api-test.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
})
afterEach(() => api.close())

const get = (tail: string) => api.app.inject({ url: api.path(tail), headers: api.as(SALESPERSON) })
const send = (
  method: 'POST' | 'PUT',
  tail: string,
  body: Record<string, unknown>,
  headers: Record<string, string> = api.as(ADMIN),
) => api.app.inject({ method, url: api.path(tail), headers, payload: body })
const put = (policy: PolicyInput, base: number, headers?: Record<string, string>) =>
  send('PUT', '/policy', { policy, base }, headers)

const SLEEPY: PolicyInput = { sleeping: { mode: 'fixed', days: 30 } }
/** A client who bought 60 days ago: once, and asleep when 30 days are enough. */
const addBuyer = (id: number) => {
  const closedAt = api.mine.world.now - 60 * DAY
  api.mine.world.addContact(id)
  const deal = { contacts: mainContact(id), statusId: 142, closedAt, createdAt: closedAt, price: 1_000 }
  api.mine.world.addLead(id * 100, deal)
}
const lookAt = async (id: number) => {
  await api.mine.queues.add(api.mine.context.id, [lookJob({ entity: 'contact', id, incoming: false })])
  await api.mine.idle()
}

describe('the policy of an account', () => {
  it('is the default one until one is saved', async () => {
    const answer = await get('/policy')
    expect(answer.headers.etag).toBe('"0"')
    expect(answer.json()).toMatchObject({
      version: 0,
      savedAt: null,
      author: null,
      policy: { clientEntity: 'contact' },
    })
  })

  it('is saved as a version with its author, and brought to the clients', async () => {
    addBuyer(1)
    api.mine.openWorker()
    await lookAt(1)
    expect(api.mine.world.tags('contacts', 1)).toContain('Разовый')
    const answer = await put(SLEEPY, 0)
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ version: 1, run: 'policy-1', work: 'redecide' })
    api.mine.contexts.dropAll()
    await api.mine.idle()
    expect(api.mine.world.tags('contacts', 1)).toContain('Спящий')
    expect((await get('/policy')).json()).toMatchObject({
      ...{ version: 1, author: 'Anna #1', scope: 'all' },
      policy: { sleeping: { days: 30 } },
    })
  })

  it('is not changed on the ground of an older version', async () => {
    await put(SLEEPY, 0)
    const late = await put({}, 0)
    expect([late.statusCode, late.json()]).toMatchObject([409, { code: 'policy_outdated', version: 1 }])
    const matched = await send('PUT', '/policy', { policy: {} }, { ...OPS, 'if-match': '"0"' })
    expect([matched.statusCode, matched.json().code]).toEqual([412, 'policy_outdated'])
    const answer = await send('PUT', '/policy', { policy: {} }, { ...OPS, 'if-match': '"1"' })
    expect([answer.statusCode, answer.headers.etag]).toEqual([202, '"2"'])
  })

  it('is changed once when two change it at once', async () => {
    const both = await Promise.all([put(SLEEPY, 0), put({}, 0)])
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([202, 409])
  })

  it.each<[string, Record<string, unknown>, Record<string, string>, number, string]>([
    ['without a version', { policy: {} }, {}, 428, 'base_needed'],
    ['with an ETag that is none', { policy: {} }, { 'if-match': '*' }, 400, 'etag_malformed'],
    ['that is no object', { policy: 'x', base: 0 }, {}, 400, 'invalid_request'],
    ['with an unknown part', { policy: {}, base: 0, force: true }, {}, 400, 'invalid_request'],
    ['with an unknown setting', { policy: { colour: 1 }, base: 0 }, {}, 422, 'policy_invalid'],
  ])('is refused %s, and nothing is saved', async (_, body, headers, status, code) => {
    const before = await api.standing()
    const answer = await send('PUT', '/policy', body, { ...OPS, ...headers })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(await api.standing()).toBe(before)
  })

  it('names each fault with its place', async () => {
    const answer = await put({ junkReasons: [999] } as PolicyInput, 0)
    expect(answer.json().errors).toEqual([
      expect.objectContaining({ path: 'junkReasons[0]', message: expect.any(String), advice: expect.any(String) }),
    ])
  })

  it('may not be changed by a salesperson, nor in a removed account', async () => {
    expect((await put(SLEEPY, 0, api.as(SALESPERSON))).json().code).toBe('admin_only')
    await api.mine.accounts.patch(api.mine.context.id, { status: 'disconnected' })
    expect((await put(SLEEPY, 0, OPS)).json().code).toBe('account_disconnected')
  })
})

describe('the past of a policy', () => {
  beforeEach(async () => {
    await put(SLEEPY, 0)
    await put({ sleeping: { mode: 'fixed', days: 45 } }, 1)
  })

  it('is told newest first, page by page', async () => {
    expect((await get('/policy/versions')).json().versions.map(({ version }: { version: number }) => version)).toEqual([
      2, 1,
    ])
    expect((await get('/policy/versions?before=2')).json().versions).toMatchObject([{ version: 1 }])
    expect((await get('/policy/versions?before=1')).json().versions).toEqual([])
  })

  it('can be read and compared in words of both languages', async () => {
    expect((await get('/policy/versions/1')).json()).toMatchObject({ policy: { sleeping: { days: 30 } } })
    const { ru, en } = (await get('/policy/diff?from=1&to=2')).json()
    expect([ru, en]).toEqual([[expect.stringMatching(/30 → 45/)], [expect.stringMatching(/30 → 45/)]])
    expect(ru).not.toEqual(en)
    expect((await get('/policy/diff?from=1&to=9')).json().code).toBe('version_unknown')
    expect((await get('/policy/versions/9')).json().code).toBe('version_unknown')
  })

  it('can be restored as a new version', async () => {
    const answer = await send('POST', '/policy/versions/1/restore', { base: 2 })
    expect([answer.statusCode, answer.json().version]).toEqual([202, 3])
    expect((await get('/policy')).json()).toMatchObject({ version: 3, policy: { sleeping: { days: 30 } } })
    expect((await send('POST', '/policy/versions/9/restore', { base: 3 })).json().code).toBe('version_unknown')
    expect((await send('POST', '/policy/versions/1/restore', { base: 2 })).json().code).toBe('policy_outdated')
  })
})

describe('trying a policy', () => {
  const preview = async (policy: PolicyInput) => (await send('POST', '/policy/preview', { policy })).json()

  beforeEach(async () => {
    addBuyer(1)
    const worker = api.mine.openWorker()
    await lookAt(1)
    await worker.close()
  })

  it('tells errors and warnings apart, to anybody of the account', async () => {
    const check = async (policy: unknown) =>
      (await send('POST', '/policy/check', { policy }, api.as(SALESPERSON))).json()
    expect(await check({})).toMatchObject({ ok: true, errors: [] })
    expect(await check({ junkReasons: [999] })).toMatchObject({ ok: false, errors: [{ path: 'junkReasons[0]' }] })
    expect(await check({ sleeping: { days: 'many' } })).toMatchObject({ ok: false })
  })

  it('shows what it would do, and changes nothing', async () => {
    const calls = api.mine.api.count()
    expect(await preview(SLEEPY)).toMatchObject({
      clients: 1,
      moves: expect.arrayContaining([
        expect.objectContaining({
          ...{ dimension: 'lifecycle', from: 'one_time', to: 'sleeping', clients: 1 },
          examples: [{ kind: 'contact', id: 1 }],
        }),
      ]),
      cost: { clients: 1 },
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(api.mine.api.count()).toBe(calls)
    expect((await get('/policy')).json().version).toBe(0)
  })

  it('computes one preview of an account at a time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => send('POST', '/policy/preview', { policy: SLEEPY })))
    const statuses = answers.map(({ statusCode }) => statusCode)
    expect(statuses).toContain(200)
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true)
    expect((await send('POST', '/policy/preview', { policy: SLEEPY })).statusCode).toBe(200)
  })

  it('is applied as it was previewed, or not at all', async () => {
    const { fingerprint } = await preview(SLEEPY)
    addBuyer(2)
    const worker = api.mine.openWorker()
    await lookAt(2)
    await worker.close()
    const body = { policy: SLEEPY, base: 0, scope: 'only_new' }
    const late = await send('POST', '/policy/apply', { ...body, previewed: fingerprint })
    expect([late.statusCode, late.json().code]).toEqual([409, 'preview_outdated'])
    expect(late.json().changes).toEqual({ added: 1, dropped: 0, differing: 0, examples: [{ kind: 'contact', id: 2 }] })
    const again = late.json().preview
    expect(again).toMatchObject({ clients: 2 })
    const applied = await send('POST', '/policy/apply', { ...body, previewed: again.fingerprint })
    expect([applied.statusCode, applied.json()]).toMatchObject([202, { version: 1, run: 'policy-1' }])
    expect((await get('/policy')).json()).toMatchObject({ scope: 'only_new' })
  })
})

describe('what a policy may be made of', () => {
  it('is described by a JSON Schema', async () => {
    const answer = await api.app.inject({ url: '/api/v1/policy/schema', headers: api.as(SALESPERSON) })
    expect(answer.json()).toMatchObject({ type: 'object', properties: { sleeping: expect.any(Object) } })
  })

  it('can start from ready-made policies that would be accepted', async () => {
    const { presets } = (await get('/policy/presets')).json()
    expect(presets.map(({ name }: { name: string }) => name)).toEqual(['default', 'frequency', 'b2b', 'retail'])
    for (const { policy } of presets) {
      expect((await send('POST', '/policy/check', { policy })).json()).toMatchObject({ ok: true })
    }
  })
})
