import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Longer than any answer takes. */
const LAST_ANSWERS_MS = 2_500
const LOOK_AGAIN_MS = 50

/**
 * Ends connections when the server closes. Node ends those that rest between two requests at that moment, and waits for
 * the others: those that get an answer and are kept alive then, and those on which nothing was ever asked, as callers
 * keep them in reserve.
 */
export const letConnectionsGo = (app: FastifyInstance): void => {
  const unused = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }) => unused.delete(socket))
  app.addHook('preClose', (done) => {
    for (const socket of unused) socket.destroy()
    const idle = setInterval(() => app.server.closeIdleConnections(), LOOK_AGAIN_MS)
    const all = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS)
    app.server.once('close', () => {
      clearInterval(idle)
      clearTimeout(all)
    })
    done()
  })
}
