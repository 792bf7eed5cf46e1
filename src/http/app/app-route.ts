import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HttpDependencies } from '../http-dependencies.ts'
import { languageOf } from '../pages/language-of.ts'
import { messagePage } from '../pages/message-page.ts'
import { sendProblem } from '../problem.ts'
import { appPolicy } from './app-policy.ts'

/** Where `npm run build` lays the web app; the same seen from `src` and from `dist`. */
const BUILT = fileURLToPath(new URL('../../../dist/web/', import.meta.url))

const FOREVER = 'public, max-age=31536000, immutable'

const NOT_BUILT = {
  title: { ru: 'Страница не собрана', en: 'The page is not built' },
  text: {
    ru: 'Выполните npm run build:web и перезапустите сервис; для разработки: npm run dev:web, адрес http://localhost:5173/app/.',
    en: 'Run npm run build:web and restart the service; for development: npm run dev:web, at http://localhost:5173/app/.',
  },
}

const NO_ASSET = { status: 404, title: 'Not found', detail: 'There is no such file in this version of the page.' }
const ONLY_GET = { status: 405, title: 'Only GET', detail: 'Pages are read; what changes goes to /api/v1.' }

/** `/app/`: the web app. Its files by name; any other address under it is the page itself, which knows its own ways. */
export const appRoute =
  ({ config, webRoot = BUILT }: Pick<HttpDependencies, 'config' | 'webRoot'>) =>
  async (app: FastifyInstance) => {
    app.get('/app', (_, reply) => reply.redirect('/app/'))
    await app.register(existsSync(`${webRoot}/index.html`) ? built(webRoot, appPolicy(config)) : notBuilt, {
      prefix: '/app',
    })
  }

const notBuilt = async (app: FastifyInstance) => {
  app.get('/*', (request, reply) =>
    reply
      .code(503)
      .type('text/html; charset=utf-8')
      .send(messagePage(NOT_BUILT, languageOf(request))),
  )
}

const built = (root: string, policy: string) => async (app: FastifyInstance) => {
  // What helmet says for the other pages forbids every script and every frame.
  app.addHook('onRequest', async (_, reply) => {
    reply.header('content-security-policy', policy).removeHeader('x-frame-options')
  })
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendProblem(reply.header('allow', 'GET'), ONLY_GET)
    if (request.url.startsWith('/app/assets/')) return sendProblem(reply, NO_ASSET)
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
  })
  await app.register(fastifyStatic, {
    root,
    prefix: '/',
    preCompressed: true,
    cacheControl: false,
    // The manifest tells builders, not visitors.
    dotfiles: 'ignore',
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? FOREVER : 'no-cache')
    },
  })
}
