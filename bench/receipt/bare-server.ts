import Fastify from 'fastify'
import { Redis } from 'ioredis'
import { parseHook } from '../../src/amocrm/parse-hook.ts'
import { serveParent } from '../support/remote.ts'

export interface BareOptions {
  readonly redisUrl: string
  /** Commands of one turn in one write, as the product's connection does. */
  readonly pipelined: boolean
}

/** The least that can receive a webhook: the same body, the same parser, one Redis write. */
const calls = {
  async listen({ redisUrl, pipelined }: BareOptions): Promise<string> {
    const redis = new Redis(redisUrl, { enableAutoPipelining: pipelined })
    const app = Fastify()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    app.post<{ Body: Buffer }>('/hooks/:secret', async ({ body, headers }, reply) => {
      const { touches } = parseHook(body, headers['content-type'])
      await redis.rpush('bare', JSON.stringify(touches))
      return reply.code(204).send()
    })
    return app.listen({ host: '127.0.0.1', port: 0 })
  },
  cpuSeconds(): number {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  },
}

export type BareCalls = typeof calls

serveParent(calls)
