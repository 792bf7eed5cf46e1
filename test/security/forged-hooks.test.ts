import { createHash } from 'node:crypto'
import { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type WebStage, webStage } from './support/web-stage.ts'

let stage: WebStage
beforeAll(async () => {
  stage = await webStage()
})
afterAll(() => stage.close())

type Pair = [name: string, value: string]

const post = (path: string, fields: Pair[], headers: Record<string, string> = {}) =>
  fetch(`${stage.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })

const dealOf = (accountId: number, dealId = 17): Pair[] => [
  ['account[id]', String(accountId)],
  ['leads[update][0][id]', String(dealId)],
]

/** Each a webhook that amoCRM did not send for this account. */
const FORGED: readonly [string, number, () => [path: string, fields: Pair[]]][] = [
  ['no secret', 404, () => ['/hooks/', dealOf(stage.mine.id)]],
  ['a made-up secret', 404, () => [`/hooks/${'A'.repeat(43)}`, dealOf(stage.mine.id)]],
  ['half a secret', 404, () => [`/hooks/${stage.mine.hookSecret.slice(0, -1)}`, dealOf(stage.mine.id)]],
  ['a secret and more', 404, () => [`/hooks/${stage.mine.hookSecret}0`, dealOf(stage.mine.id)]],
  ['a secret with a zero byte', 404, () => [`/hooks/${stage.mine.hookSecret}%00`, dealOf(stage.mine.id)]],
  ['a secret in capitals', 404, () => [`/hooks/${stage.mine.hookSecret.toUpperCase()}`, dealOf(stage.mine.id)]],
  [
    'the hash of a secret, as it is stored',
    404,
    () => [`/hooks/${sha256(stage.mine.hookSecret)}`, dealOf(stage.mine.id)],
  ],
  ['the account’s id for a secret', 404, () => [`/hooks/${stage.mine.id}`, dealOf(stage.mine.id)]],
  ['a pattern', 404, () => ['/hooks/*', dealOf(stage.mine.id)]],
  ['a secret of absurd length', 404, () => [`/hooks/${'x'.repeat(8_000)}`, dealOf(stage.mine.id)]],
  ['another account’s secret', 403, () => [`/hooks/${stage.other.hookSecret}`, dealOf(stage.mine.id)]],
  ['another account’s id', 403, () => [`/hooks/${stage.mine.hookSecret}`, dealOf(stage.other.id)]],
  [
    'two accounts at once',
    403,
    () => [`/hooks/${stage.mine.hookSecret}`, [...dealOf(stage.mine.id), ...dealOf(stage.other.id)]],
  ],
]

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a forged webhook is refused, with nothing changed', () => {
  it.each(FORGED)('%s', async (_, status, forge) => {
    const before = await stage.standing()
    const [path, fields] = forge()
    const answer = await post(path, fields)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\.$/) })
    expect(await stage.standing()).toBe(before)
  })

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('an authentic address by %s', async (method) => {
    const before = await stage.standing()
    const answer = await fetch(`${stage.url}/hooks/${stage.mine.hookSecret}`, { method })
    expect(answer.status).toBe(405)
    expect(await stage.standing()).toBe(before)
  })

  it('says nothing of whether an account exists', async () => {
    const bodies = await Promise.all(
      [stage.mine.id, 999_999].map(async (id) => (await post(`/hooks/${'B'.repeat(43)}`, dealOf(id))).text()),
    )
    expect(new Set(bodies.map((body) => JSON.parse(body).detail)).size).toBe(1)
  })
})

describe('a forged order of the Digital Pipeline is refused, with nothing changed', () => {
  const order = (key: string | null, accountId: number, headers: Record<string, string> = {}) =>
    fetch(`${stage.url}/digital-pipeline`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        event: { type: 14, time: 1, data: { id: 17, element_type: 2 } },
        action: { settings: { widget: { settings: { ...(key !== null && { key }), mode: 'act' } } } },
        account_id: String(accountId),
      }),
    })

  it.each<[string, () => Promise<Response>]>([
    ['no key', () => order(null, stage.mine.id)],
    ['a made-up key', () => order('C'.repeat(43), stage.mine.id)],
    ['another account’s key', () => order(stage.other.hookSecret, stage.mine.id)],
    ['another account’s id', () => order(stage.mine.hookSecret, stage.other.id)],
    ['a foreign token', () => order(null, stage.mine.id, { 'x-auth-token': stage.token({}, { secret: 'another' }) })],
    [
      'another account’s token',
      () => order(null, stage.mine.id, { 'x-auth-token': stage.token({}, { accountId: stage.other.id }) }),
    ],
  ])('%s', async (_, send) => {
    const before = await stage.standing()
    expect((await send()).status).toBe(403)
    expect(await stage.standing()).toBe(before)
  })
})

describe('a replayed webhook', () => {
  it('adds no work: what it tells of is looked at, never believed', async () => {
    const { id, hookSecret } = stage.mine
    const queue = new Queue(stage.keys.queueOf(id), { connection: stage.test.redis, prefix: stage.keys.jobs })
    const jobs = async () =>
      (await queue.getJobs(['waiting', 'prioritized'])).map((job) => [job.id, job.name, job.data])
    const path = `/hooks/${hookSecret}`
    expect((await post(path, dealOf(id, 4_711))).status).toBe(204)
    const before = await jobs()
    expect(before).toHaveLength(1)
    for (let time = 0; time < 20; time++) expect((await post(path, dealOf(id, 4_711))).status).toBe(204)
    expect(await jobs()).toEqual(before)
    expect(stage.sandbox.stats.requests).toEqual([])
    await queue.close()
  })
})
