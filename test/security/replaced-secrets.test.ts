import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { hookDestination } from '../../src/sync/hook-subscription.ts'
import { eventually } from '../integration/support/eventually.ts'
import { expectAllRight } from '../integration/support/expect-all-right.ts'
import { install } from '../integration/support/install.ts'
import { LIMIT_MS, PATIENT } from '../integration/support/patient.ts'
import { startTrial, type Trial } from '../integration/support/start-trial.ts'

const ADMIN_TOKEN = 'operator-token-7f3a91c5d2'

let trial: Trial
let receiver: Server | undefined
afterEach(async () => {
  await trial.close()
  receiver?.close()
})

const ops = async (method: string, tail: string, body?: unknown): Promise<Response> =>
  fetch(`${trial.url}/api/v1/accounts/${trial.accountId}${tail}`, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const subscribed = () => [...trial.world.subscriptions.values()].map(({ destination }) => destination)
const knock = async (destination: string) => (await fetch(destination, { method: 'POST' })).status

describe('a webhook secret that is replaced', PATIENT, () => {
  it('costs no webhook: amoCRM gets the new address, and the old one is taken for a while, then refused', async () => {
    trial = await startTrial({ sandbox: { clients: 30, seed: 41 }, environment: { ADMIN_TOKEN } })
    await install(trial)
    const before = await hookDestination(trial.accounts, trial.url, trial.accountId)
    expect(subscribed()).toEqual([before])
    // While the secret changes, people go on working.
    trial.staff.createDeal({ contactId: trial.world.contacts.all[0]?.id ?? 0, price: 900 })
    expect((await ops('POST', '/hook-secret/rotate')).status).toBe(202)
    trial.staff.createDeal({ contactId: trial.world.contacts.all[1]?.id ?? 0, price: 900 })
    const after = await hookDestination(trial.accounts, trial.url, trial.accountId)
    await eventually(() => subscribed().join() === after)
    await eventually(async () => !(await trial.accounts.hasFormerHookSecrets(trial.accountId)))
    expect([await knock(before), await knock(after)]).toEqual([204, 204])
    await expectAllRight(trial)

    const retired = await trial.redis.keys(trial.keys.retiredHookSecret('*'))
    expect(retired).toHaveLength(1)
    expect(await trial.redis.ttl(retired[0] ?? '')).toBeGreaterThan(2 * 3_600)
    // Its time passes.
    await trial.redis.del(...retired)
    await trial.restart()
    expect([await knock(before), await knock(after)]).toEqual([404, 204])
  })
})

describe('a webhook of a policy', PATIENT, () => {
  it('reaches a host the operator named, signed with the secret of the account, also with a new one', async () => {
    const received: { headers: IncomingHttpHeaders; body: string }[] = []
    receiver = createServer(async (request, response) => {
      received.push({ headers: request.headers, body: await text(request) })
      response.end()
    })
    await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve))
    const { port } = receiver.address() as AddressInfo
    const environment = { ADMIN_TOKEN, WEBHOOK_ALLOWED_HOSTS: '127.0.0.0/8' }
    trial = await startTrial({ sandbox: { clients: 0 }, environment })
    await install(trial)
    const tell = { id: 'tell', type: 'webhook', url: `http://127.0.0.1:${port}/` }
    const actions = [{ dimension: 'lifecycle', to: ['one_time'], actions: [tell] }]
    const { policy, version } = (await (await ops('GET', '/policy')).json()) as { policy: object; version: number }
    const saved = await ops('PUT', '/policy', { policy: { ...policy, actions }, base: version })
    expect(saved.status).toBe(202)
    await trial.settling.settled(LIMIT_MS)

    const buys = async (): Promise<string> => {
      const known = received.length
      const contactId = trial.staff.createContact({ name: 'Anna' })
      const dealId = trial.staff.createDeal({ contactId, price: 1_000 })
      trial.staff.winDeal({ dealId })
      await eventually(() => received.length > known)
      const { headers, body } = received.at(-1) ?? { headers: {}, body: '' }
      expect(JSON.parse(body)).toMatchObject({ accountId: trial.accountId, client: { id: contactId }, to: 'one_time' })
      const { secret } = (await (await ops('GET', '/signing-secret')).json()) as { secret: string }
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      expect(headers['x-amo-segments-signature']).toBe(`sha256=${signature}`)
      return secret
    }
    const first = await buys()
    expect((await ops('POST', '/signing-secret/rotate')).status).toBe(200)
    expect(await buys()).not.toBe(first)
  })
})
