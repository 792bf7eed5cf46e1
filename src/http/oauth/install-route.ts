import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { INSTALL_STATE_LIFE_S } from '../../store/install-states.ts'
import type { HttpDependencies } from '../http-dependencies.ts'
import { sendProblemPage } from '../problem.ts'
import { withinTime } from '../within-time.ts'
import { keepBrowserSecret } from './browser-secret.ts'
import { consentAddress, consentPages } from './consent-pages.ts'
import { INSTALLATION_NOT_QUEUED, NO_CREDENTIALS } from './installation-problems.ts'

const ISSUE_LIMIT_MS = 2_000

const Query = z.object({ at: z.enum(['amoCRM', 'Kommo']).optional().catch(undefined) })

/**
 * `GET /oauth/install`: begins an installation. Sends the browser on to the page where its person agrees, with a `state`
 * that only this browser can bring back, once.
 */
export const installRoute =
  ({ config, backend }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    const { integration } = config.amocrm
    const installer = backend?.installer ?? null

    app.get(
      '/oauth/install',
      { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
      async (request, reply) => {
        if (integration === null || installer === null) return sendProblemPage(request, reply, NO_CREDENTIALS)
        const { at } = Query.parse(request.query)
        const pages = consentPages(config.amocrm)
        const page = pages.find(({ name }) => name === at) ?? pages[0]
        const { redirectUri } = integration
        const browser = keepBrowserSecret(request, reply, { redirectUri, seconds: INSTALL_STATE_LIFE_S })
        try {
          const state = await withinTime(ISSUE_LIMIT_MS, installer.states.issue(browser))
          return reply.header('cache-control', 'no-store').redirect(consentAddress(page, integration, state), 302)
        } catch (error) {
          request.log.error({ err: error }, 'installation not begun')
          return sendProblemPage(request, reply, INSTALLATION_NOT_QUEUED)
        }
      },
    )
  }
