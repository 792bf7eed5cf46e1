import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { letConnectionsGo } from '../../src/http/let-connections-go.ts'
import { deferred } from '../support/deferred.ts'

let app: FastifyInstance
let sockets: Socket[]
beforeEach(() => {
  app = Fastify({ forceCloseConnections: 'idle' })
  letConnectionsGo(app)
  sockets = []
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
})

const open = async (): Promise<Socket> => {
  const { port } = new URL(app.listeningOrigin)
  const accepted = once(app.server, 'connection')
  const socket = connect(Number(port), '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await accepted
  return socket
}

it('a server does not wait for connections on which nothing was asked', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = await open()
  const closed = once(socket, 'close')
  await app.close()
  await closed
})

it('a server gives the answers it owes before it closes', async () => {
  const asked = deferred()
  const answer = deferred()
  app.get('/', async () => {
    asked.resolve()
    await answer.promise
    return 'served'
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = await open()
  const text: string[] = []
  socket.on('data', (chunk: Buffer) => text.push(chunk.toString()))
  const closed = once(socket, 'close')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await asked.promise
  const closing = app.close()
  answer.resolve()
  await closing
  await closed
  expect(text.join('')).toContain('served')
})
