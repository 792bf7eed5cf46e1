import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isObject } from './api/item-reader.ts'
import { Problem } from './api/problem.ts'
import type { Sandbox } from './create-sandbox.ts'
import type { AccountWorld } from './world/create-worlds.ts'

/**
 * For trying things by hand, beside the platform's own addresses:
 * - `GET /_sandbox/stats`, `GET /_sandbox/world?account=ID`
 * - `POST /_sandbox/install`, `/_sandbox/disconnect`, `/_sandbox/rename` with `{accountId?, ...}` as of the handle
 * - `POST /_sandbox/actions/<name>?account=ID` with the act's argument, e.g. `winDeal` with `{"dealId": 1}`
 */
export function controlRoutes(app: FastifyInstance, sandbox: () => Sandbox): void {
  app.get('/_sandbox/stats', () => {
    const { stats, hooks } = sandbox()
    return {
      requests: stats.requests.length,
      counts: stats.counts(),
      maxInAnySlidingSecond: stats.maxInAnySlidingSecond(),
      hooks: {
        delivered: stats.hooksDelivered,
        failed: stats.hooksFailed,
        backlog: hooks.backlog,
        waitingForRetry: hooks.waitingForRetry,
      },
    }
  })
  app.get('/_sandbox/world', (request) => summaryOf(worldOf(sandbox(), request)))
  app.post('/_sandbox/install', (request) => sandbox().install(bodyOf(request)))
  app.post('/_sandbox/disconnect', (request) => {
    const { address, ...rest } = bodyOf(request)
    if (typeof address !== 'string') throw new Problem(400, 'Name the address of the disconnect hook')
    return sandbox().disconnect({ ...rest, address })
  })
  app.post('/_sandbox/rename', (request, reply) => {
    const { subdomain, oldHost, accountId } = bodyOf(request)
    if (typeof subdomain !== 'string') throw new Problem(400, 'Name the new subdomain')
    sandbox().rename({
      subdomain,
      ...(typeof accountId === 'number' ? { accountId } : {}),
      ...(oldHost === 'redirect' || oldHost === 'gone' || oldHost === 'taken' ? { oldHost } : {}),
    })
    return reply.code(204).send()
  })
  app.post<{ Params: { name: string } }>('/_sandbox/actions/:name', (request) => {
    const actions: Readonly<Record<string, unknown>> = { ...worldOf(sandbox(), request).actions }
    const { name } = request.params
    const act = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (typeof act !== 'function') throw new Problem(404, `Known acts: ${Object.keys(actions).join(', ')}`)
    try {
      return { result: act(bodyOf(request)) ?? null }
    } catch (error) {
      throw new Problem(400, error instanceof Error ? error.message : String(error))
    }
  })
}

function bodyOf(request: FastifyRequest): Record<string, unknown> {
  return isObject(request.body) ? { ...request.body } : {}
}

function worldOf(sandbox: Sandbox, request: FastifyRequest): AccountWorld {
  const id = new URL(request.url, 'http://localhost').searchParams.get('account')
  return sandbox.account(id === null ? undefined : Number(id))
}

const SHOWN = 20

function summaryOf(world: AccountWorld): unknown {
  return {
    account: world.account,
    leads: world.leads.size,
    contacts: world.contacts.size,
    companies: world.companies.size,
    tasks: world.tasks.size,
    notes: world.notes.size,
    events: world.events.length,
    subscriptions: [...world.subscriptions.values()],
    pipelines: [...world.pipelines.values()],
    lossReasons: world.lossReasons,
    latestLeads: world.leads.order('updated_at').items.slice(-SHOWN),
    latestContacts: world.contacts.order('updated_at').items.slice(-SHOWN),
  }
}
