import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { HttpDependencies } from '../http-dependencies.ts'
import { languageOf } from '../pages/language-of.ts'
import { messagePage } from '../pages/message-page.ts'
import type { Installer, InstallRequest } from '../ports.ts'
import { sendProblemPage } from '../problem.ts'
import { withinTime } from '../within-time.ts'
import { browserSecret } from './browser-secret.ts'
import {
  BAD_CALLBACK,
  CODE_USED,
  FOREIGN_HOST,
  FOREIGN_INTEGRATION,
  FOREIGN_STATE,
  INSTALLATION_NOT_QUEUED,
  NO_CREDENTIALS,
} from './installation-problems.ts'
import { INSTALLATION_GOES_ON, INSTALLATION_REFUSED } from './installation-texts.ts'

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
    state: z
      .string()
      .max(512)
      .optional()
      .transform((given) => given || undefined),
  }),
])

type Outcome = 'queued' | 'repeated' | 'foreign_state'

/**
 * `GET /oauth/callback`: amoCRM's redirect after somebody agreed, and the same request sent by its servers when the
 * integration is installed from the marketplace. Only queues the installation: the code is exchanged by a worker.
 */
export const callbackRoute =
  ({ config, backend, isAllowedHost }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    const { integration } = config.amocrm
    const installer = backend?.installer ?? null

    app.get(
      '/oauth/callback',
      { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        if (integration === null || installer === null) return sendProblemPage(request, reply, NO_CREDENTIALS)
        const callback = Callback.safeParse(request.query)
        if (!callback.success) return sendProblemPage(request, reply, BAD_CALLBACK)
        if ('error' in callback.data) return sendPage(request, reply, INSTALLATION_REFUSED)
        const { code, referer: host, client_id, from_widget, state } = callback.data
        if (client_id !== integration.clientId) return sendProblemPage(request, reply, FOREIGN_INTEGRATION)
        if (!isAllowedHost(host)) return sendProblemPage(request, reply, FOREIGN_HOST)
        const install = { code, host, fromWidget: from_widget === '1' }
        return take(request, reply, { installer, install, state })
      },
    )
  }

const take = async (
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { readonly installer: Installer; readonly install: InstallRequest; readonly state: string | undefined },
): Promise<FastifyReply> => {
  const { installer, install, state } = asked
  const { host, fromWidget } = install
  const queue = async (): Promise<Outcome> =>
    (await isStateRight(installer, request, state)) ? installer.request(install) : 'foreign_state'
  try {
    const outcome = await withinTime(QUEUE_LIMIT_MS, queue())
    request.log.info({ host, fromWidget, outcome }, 'installation asked for')
    if (outcome === 'foreign_state') return sendProblemPage(request, reply, FOREIGN_STATE)
    if (outcome === 'repeated') return sendProblemPage(request, reply, CODE_USED)
    return sendPage(request, reply, INSTALLATION_GOES_ON)
  } catch (error) {
    request.log.error({ err: error, host }, 'installation not queued')
    return sendProblemPage(request, reply, INSTALLATION_NOT_QUEUED)
  }
}

/**
 * Installations from the marketplace carry no state: they come from amoCRM's servers, and bring a code that only an admin
 * of the account could have got. One that was begun on the start page has to bring its state, in the same browser.
 */
const isStateRight = async (
  { states }: Installer,
  request: FastifyRequest,
  state: string | undefined,
): Promise<boolean> => {
  const browser = browserSecret(request)
  if (state === undefined) return browser === null
  return browser !== null && states.use(state, browser)
}

const sendPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  page: Parameters<typeof messagePage>[0],
): FastifyReply => reply.type('text/html; charset=utf-8').send(messagePage(page, languageOf(request)))
