import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isObject } from '../api/item-reader.ts'
import { Problem } from '../api/problem.ts'
import type { Sandbox } from '../create-sandbox.ts'
import type { AccountWorld } from '../world/create-worlds.ts'
import { bundlePageScript } from './bundle-page-script.ts'
import { sendPipelineHook } from './pipeline-hook.ts'
import { isStageArea } from './stage-areas.ts'
import { STAGE_PAGE } from './stage-page.ts'
import { stageView } from './stage-view.ts'
import type { WidgetArchive } from './widget-archive.ts'
import { STAGE_PATH } from './widget-stage.ts'

const require = createRequire(import.meta.url)

/** What the platform itself loads, in the places its loader knows. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'require.js': require.resolve('requirejs/require.js'),
  'jquery.js': require.resolve('jquery/dist/jquery.min.js'),
  'twig.js': require.resolve('twig/twig.min.js'),
}

const HOUR_SECONDS = 3_600

/** The pages on which an uploaded widget is looked at, and what they ask for. */
export function stageRoutes(app: FastifyInstance, sandbox: () => Sandbox): void {
  let script: Promise<string> | null = null

  app.get(STAGE_PATH, (_, reply) => reply.type('text/html; charset=utf-8').send(STAGE_PAGE))
  app.get(`${STAGE_PATH}/page.js`, async (_, reply) => {
    script ??= bundlePageScript()
    return reply.type('text/javascript; charset=utf-8').send(await script)
  })
  app.get(`${STAGE_PATH}/page.css`, async (_, reply) =>
    reply.type('text/css; charset=utf-8').send(await readFile(new URL('page/page.css', import.meta.url))),
  )
  app.get<{ Params: { name: string } }>(`${STAGE_PATH}/lib/:name`, async ({ params }, reply) => {
    const library = LIBRARIES[params.name]
    if (library === undefined) throw new Problem(404, 'Not found')
    return reply.type('text/javascript; charset=utf-8').send(await readFile(library))
  })
  app.get<{ Params: { '*': string } }>(`${STAGE_PATH}/widget/*`, ({ params }, reply) => {
    const file = archiveOf(sandbox()).file(params['*'])
    if (file === null) throw new Problem(404, 'Not found')
    return reply.type(file.type).send(file.content)
  })

  app.get(`${STAGE_PATH}/view`, (request) => viewOf(sandbox(), request))
  app.get(`${STAGE_PATH}/token`, (request, reply) => tokenFor(sandbox(), request, reply))
  app.post(`${STAGE_PATH}/settings`, ({ body }) => {
    const { stage } = sandbox()
    stage.settings = textsIn(body)
    return { settings: stage.settings }
  })
  app.post(`${STAGE_PATH}/pipeline`, async (request) => {
    const { dealId, settings } = isObject(request.body) ? request.body : {}
    const address = archiveOf(sandbox()).manifest.dp?.webhook_url
    if (address === undefined) throw new Problem(409, 'The manifest names no dp.webhook_url')
    const world = worldOf(sandbox(), request)
    const lead = world.leads.get(Number(dealId))
    if (lead === undefined) throw new Problem(404, 'No such deal')
    return sendPipelineHook(address, { world, lead, settings: textsIn(settings) })
  })
}

function viewOf(running: Sandbox, request: FastifyRequest) {
  const area = queryOf(request).get('area') ?? 'lcard'
  if (!isStageArea(area)) throw new Problem(400, 'The platform has no such area')
  const { manifest, languages } = archiveOf(running)
  const id = Number(queryOf(request).get('id') ?? 0)
  const { clientId } = running.integration
  return { ...stageView(worldOf(running, request), area, id), manifest, languages, clientId, ...settingsOf(running) }
}

const settingsOf = ({ stage }: Sandbox) => ({ settings: stage.settings })

/** The one-time token of whoever is at the page; `token` bends it as it may go wrong in an account. */
function tokenFor(running: Sandbox, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request)
  const world = worldOf(running, request)
  const user = world.users.find(({ id }) => id === Number(query.get('user'))) ?? world.admin
  const past = world.now() - HOUR_SECONDS
  const claims =
    query.get('token') === 'expired'
      ? { iat: past - HOUR_SECONDS, nbf: past - HOUR_SECONDS, exp: past }
      : query.get('token') === 'foreign'
        ? { client_uuid: '00000000-0000-0000-0000-000000000000' }
        : {}
  const token = running.disposableToken({ accountId: world.account.id, userId: user.id, claims })
  return reply.header('cache-control', 'no-store').send({ token })
}

function archiveOf({ stage }: Sandbox): WidgetArchive {
  if (stage.archive === null) throw new Problem(404, 'No widget was uploaded')
  return stage.archive
}

function worldOf(running: Sandbox, request: FastifyRequest): AccountWorld {
  const id = queryOf(request).get('account')
  return running.account(id === null ? undefined : Number(id))
}

const queryOf = (request: FastifyRequest): URLSearchParams => new URL(request.url, 'http://localhost').searchParams

const textsIn = (body: unknown): Readonly<Record<string, string>> =>
  isObject(body) ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])) : {}
