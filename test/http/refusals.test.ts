import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { testServer } from './test-server.ts'

describe('every refusal is problem+json with a sentence and an id', () => {
  it.each([
    ['an unknown address', '/nothing/here', 404],
    ['an address that cannot be decoded', '/hooks/%zz', 400],
    ['a secret of absurd length', `/hooks/${'x'.repeat(5000)}`, 404],
  ])('%s', async (_, url, status) => {
    const app = await testServer()
    const answer = await app.inject({ method: 'POST', url })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({
      status,
      title: expect.stringMatching(/\w/),
      detail: expect.stringMatching(/\.$/),
      requestId: expect.stringMatching(/^[\w-]{16}$/),
    })
  })

  it('a failure of ours, whose own words stay in the log', async () => {
    const log: string[] = []
    const app = await testServer({ log })
    app.get('/fails', () => {
      throw new Error('inner detail')
    })
    const answer = await app.inject({ url: '/fails' })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('inner detail')
    expect(answer.body).not.toContain('at ')
    const { requestId } = answer.json<{ requestId: string }>()
    const failed = log.map((line) => JSON.parse(line)).find(({ level }) => level === 'error')
    expect(failed).toMatchObject({ requestId, err: { message: 'inner detail' } })
  })

  it('a request that is no HTTP ends without taking the server down', async () => {
    const app = await testServer()
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const socket = connect(Number(port), '127.0.0.1')
    socket.end('no http at all\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /)
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200)
  })
})
