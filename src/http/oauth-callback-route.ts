import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { HttpDependencies } from './http-dependencies.ts'
import {
  BAD_CALLBACK,
  FOREIGN_HOST,
  FOREIGN_INTEGRATION,
  INSTALLATION_NOT_QUEUED,
  NO_CREDENTIALS,
} from './installation-problems.ts'
import { INSTALLATION_GOES_ON, INSTALLATION_REFUSED } from './pages/installation-texts.ts'
import { messagePage } from './pages/message-page.ts'
import { sendProblemPage } from './problem.ts'
import { withinTime } from './within-time.ts'

/** The installation hook waits 3 s and is not sent again (amoCRM, OAuth). */
const QUEUE_LIMIT_MS = 2_000

/** amoCRM's own form: `error` when the person said no, else a code; `from_widget=1` when sent by a widget's install. */
const Callback = z.union([
  z.object({ error: z.string().min(1) }),
  z.object({
    code: z.string().min(1).max(4096),
    referer: z.string().min(1).max(253).toLowerCase(),
    client_id: z.string().min(1),
    from_widget: z.string().optional(),
  }),
])

/**
 * `GET /oauth/callback`: amoCRM's redirect after somebody agreed, and the same request sent by its servers when a
 * widget is installed. Only queues the installation: the code is exchanged by a worker.
 */
export const oauthCallbackRoute =
  ({ config, backend, isAllowedHost }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    const { integration } = config.amocrm
    const installer = backend?.installer ?? null

    app.get(
      '/oauth/callback',
      { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
      async (request, reply) => {
        if (integration === null || installer === null) return sendProblemPage(request, reply, NO_CREDENTIALS)
        const callback = Callback.safeParse(request.query)
        if (!callback.success) return sendProblemPage(request, reply, BAD_CALLBACK)
        if ('error' in callback.data) return sendPage(reply, INSTALLATION_REFUSED)
        const { code, referer, client_id, from_widget } = callback.data
        if (client_id !== integration.clientId) return sendProblemPage(request, reply, FOREIGN_INTEGRATION)
        if (!isAllowedHost(referer)) return sendProblemPage(request, reply, FOREIGN_HOST)
        return queue(request, reply, { code, host: referer, fromWidget: from_widget === '1' })
      },
    )

    const queue = async (
      request: FastifyRequest,
      reply: FastifyReply,
      install: { readonly code: string; readonly host: string; readonly fromWidget: boolean },
    ) => {
      try {
        await withinTime(QUEUE_LIMIT_MS, installer?.request(install) ?? Promise.resolve())
      } catch (error) {
        request.log.error({ err: error, host: install.host }, 'installation not queued')
        return sendProblemPage(request, reply, INSTALLATION_NOT_QUEUED)
      }
      request.log.info({ host: install.host, fromWidget: install.fromWidget }, 'installation asked for')
      return sendPage(reply, INSTALLATION_GOES_ON)
    }
  }

const sendPage = (reply: FastifyReply, page: Parameters<typeof messagePage>[0]): FastifyReply =>
  reply.type('text/html; charset=utf-8').send(messagePage(page))
