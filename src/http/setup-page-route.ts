import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { isOperator } from './auth/is-operator.ts'
import type { HttpDependencies } from './http-dependencies.ts'
import type { AccountsView } from './pages/accounts-section.ts'
import { languageOf } from './pages/language-of.ts'
import { setupPage } from './pages/setup-page.ts'
import type { Backend } from './ports.ts'
import { sendProblemPage } from './problem.ts'
import { withinTime } from './within-time.ts'

const LIST_LIMIT_MS = 1_000

const SIGN_IN = {
  status: 401,
  title: 'Admin token needed',
  detail: 'Sign in with any name and ADMIN_TOKEN as the password to see the installed accounts.',
  titleRu: 'Нужен токен администратора',
  detailRu: 'Войдите с любым именем и паролем из ADMIN_TOKEN, чтобы увидеть установленные аккаунты.',
}

/** `/`: what is set, what is missing, and to whom it may concern the accounts. */
export const setupPageRoute =
  ({ config, backend }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    app.get<{ Querystring: Record<string, unknown> }>(
      '/',
      { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } },
      async (request, reply) => {
        const admitted = isOperator(config, request.headers)
        if (!admitted && 'accounts' in request.query)
          return sendProblemPage(request, reply.header('www-authenticate', 'Basic realm="accounts"'), SIGN_IN)
        const language = languageOf(request)
        const accounts = await accountsFor(admitted, config, backend)
        return reply
          .type('text/html; charset=utf-8')
          .headers({ 'cache-control': 'no-store', vary: 'Accept-Language', 'content-language': language })
          .send(setupPage(config, accounts, language))
      },
    )
  }

const accountsFor = async (admitted: boolean, config: Config, backend: Backend | null): Promise<AccountsView> => {
  if (backend === null) return { type: 'none' }
  if (!admitted) return { type: 'hidden', canSignIn: config.adminToken !== null }
  try {
    return { type: 'list', accounts: await withinTime(LIST_LIMIT_MS, backend.directory.list()) }
  } catch {
    return { type: 'unavailable' }
  }
}
