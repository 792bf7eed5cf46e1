import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The content type as it was sent, for the parser of webhook bodies. */
    sentContentType: string | undefined
  }
}

/**
 * Bodies of amoCRM come as bytes, whatever their content type says: what a body is, the parser finds out; the framework
 * would refuse an odd content type with 415.
 */
export const takeAnyBody = (app: FastifyInstance, bodyLimit: number): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_, body, done) => done(null, body))
  app.decorateRequest('sentContentType', undefined)
  app.addHook('onRequest', (request, _, done) => {
    request.sentContentType = request.headers['content-type']
    request.headers['content-type'] = 'application/octet-stream'
    done()
  })
}
