import { describe, expect, it } from 'vitest'
import { AmoHttp, type AmoHttpOptions } from '../../src/amocrm/amo-http.ts'
import { LoopbackAmo } from './support/loopback-amo.ts'

const newHttp = (options: Partial<AmoHttpOptions> = {}) => new AmoHttp({ allowedHosts: [], ...options })
const get = { method: 'GET', path: '/api/v4/account', bearer: 'secret-token' } as const

describe('over a true connection', () => {
  it('tells when the request leaves, and keeps the connection', async () => {
    const amo = await LoopbackAmo.start(() => ({ json: {} }))
    const http = newHttp({ apiOrigin: `${amo.origin}/` })
    let sent = 0
    const onSent = () => {
      expect(amo.arrivals).toHaveLength(sent)
      sent++
    }
    await http.exchange('anything', get, onSent)
    await http.exchange('anything', get, onSent)
    expect(sent).toBe(2)
    expect(amo.calls).toEqual(['GET /api/v4/account', 'GET /api/v4/account'])
    await amo.close()
  })

  it('tells a connection that was never made from one that broke and from silence', async () => {
    const amo = await LoopbackAmo.start(({ path }) => (path === '/reset' ? 'reset' : 'hang'))
    const http = newHttp({ apiOrigin: amo.origin, totalTimeoutMs: 200 })
    expect(await http.exchange('', { ...get, path: '/reset' })).toMatchObject({ type: 'failure', kind: 'network' })
    expect(await http.exchange('', { ...get, path: '/hang' })).toMatchObject({ type: 'failure', kind: 'timeout' })
    await amo.close()
    let sent = 0
    expect(await http.exchange('', get, () => sent++)).toMatchObject({ type: 'failure', kind: 'unsent' })
    expect(sent).toBe(0)
  })

  it('reads no answer without end', async () => {
    const amo = await LoopbackAmo.start(() => ({ html: 'x'.repeat(33 * 1024 * 1024) }))
    expect(await newHttp({ apiOrigin: amo.origin }).exchange('', get)).toMatchObject({
      type: 'failure',
      kind: 'too_large',
    })
    await amo.close()
  })

  it('says nothing of the token in what went wrong', async () => {
    const amo = await LoopbackAmo.start(() => 'reset')
    const exchange = await newHttp({ apiOrigin: amo.origin }).exchange('', get)
    expect(JSON.stringify(exchange)).not.toContain('secret-token')
    await amo.close()
  })
})
