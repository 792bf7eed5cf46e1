import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { FULL, fakeBackend, never, testServer } from '../test-server.ts'

const signed = (accountId: string, { client = 'client-1', secret = FULL.AMOCRM_CLIENT_SECRET } = {}) => ({
  account_id: accountId,
  client_uuid: client,
  signature: createHmac('sha256', secret ?? '')
    .update(`${client}|${accountId}`)
    .digest('hex'),
})

const told = (query: Record<string, string>) => ({ url: `/oauth/disconnect?${new URLSearchParams(query)}` })

describe('the disconnect hook', () => {
  it('is taken when amoCRM signed it, in capitals too, as often as it comes', async () => {
    const { backend, disconnected } = fakeBackend()
    const app = await testServer({ backend })
    const { signature, ...rest } = signed('31000001')
    for (const query of [signed('31000001'), { ...rest, signature: signature.toUpperCase() }])
      expect((await app.inject(told(query))).statusCode).toBe(204)
    expect(disconnected).toEqual([31_000_001, 31_000_001])
  })

  it.each<[string, number, Record<string, string>]>([
    ['another secret', 403, signed('5', { secret: 'guessed' })],
    ['another account than was signed', 403, { ...signed('5'), account_id: '6' }],
    ['another integration, whose secret is ours', 403, signed('5', { client: 'client-2' })],
    ['another integration than was signed', 403, { ...signed('5', { client: 'client-2' }), client_uuid: 'client-1' }],
    [
      'a signature over the two in another order',
      403,
      { ...signed('5'), signature: signed('client-1', { client: '5' }).signature },
    ],
    ['part of a signature', 400, { ...signed('5'), signature: signed('5').signature.slice(0, 32) }],
    ['an empty signature', 400, { ...signed('5'), signature: '' }],
    ['no signature', 400, { account_id: '5', client_uuid: 'client-1' }],
    ['no account', 400, { client_uuid: 'client-1', signature: signed('5').signature }],
    ['an account that is no number', 400, signed('5|6')],
    ['an account of zero', 400, signed('0')],
    ['nothing', 400, {}],
  ])('is refused with %s, and changes nothing', async (_, status, query) => {
    const { backend, disconnected } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(told(query))
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\w/) })
    expect(disconnected).toEqual([])
  })

  it('given twice over is refused', async () => {
    const app = await testServer()
    const { url } = told(signed('5'))
    expect((await app.inject({ url: `${url}&account_id=6` })).statusCode).toBe(400)
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('gone'))],
    ['hangs', () => never<void>()],
  ])('asks for a repetition when Redis %s', async (_, disconnect) => {
    const app = await testServer({ backend: fakeBackend({ installer: { disconnect } }).backend })
    expect((await app.inject(told(signed('5')))).statusCode).toBe(503)
  })

  it('cannot be checked before the service is set up', async () => {
    const app = await testServer({ env: {}, backend: null })
    expect((await app.inject(told(signed('5')))).statusCode).toBe(503)
  })
})
