import type { FastifyInstance } from 'fastify'
import { Gauge, Registry } from 'prom-client'
import { accountNow, type Office } from '../sync/queries/office.ts'
import { type SyncHealth, syncHealth } from '../sync/queries/sync-health.ts'
import { isSameSecret } from './auth/is-same-secret.ts'
import type { HttpDependencies } from './http-dependencies.ts'
import { sendProblem } from './problem.ts'

type Reading = (health: SyncHealth, now: number) => number | null

/** What is told of each account; read from Redis at each scrape, so every process tells the same. */
const FIGURES: Readonly<Record<string, { readonly help: string; readonly read: Reading }>> = {
  amo_segments_clients: { help: 'Clients with an answer', read: ({ account }) => account.clients },
  amo_segments_account_active: {
    help: '1 while the account works, 0 while it rests or is paused',
    read: ({ account }) => (account.status === 'active' ? 1 : 0),
  },
  amo_segments_hooks_subscribed: {
    help: '1 while amoCRM sends webhooks',
    read: ({ account }) => (account.hooks === 'subscribed' ? 1 : 0),
  },
  amo_segments_due_clients: { help: 'Clients to be decided now', read: ({ due }) => due.clients },
  amo_segments_lag_seconds: { help: 'How late the most overdue client is', read: ({ due }) => due.lagSeconds },
  amo_segments_jobs: { help: 'Jobs under way or waiting', read: ({ queue }) => waiting(queue) },
  amo_segments_jobs_failed: { help: 'Jobs given up, kept for a week', read: ({ queue }) => queue.failed ?? 0 },
  amo_segments_intents: { help: 'Entry actions not carried out yet', read: ({ intents }) => intents },
  amo_segments_repairs_total: {
    help: 'Clients a sweep found changed without a webhook',
    read: (health) => health.repairs,
  },
  amo_segments_last_hook_age_seconds: {
    help: 'Time since the last webhook',
    read: ({ lastHookAt }, now) => (lastHookAt === null ? null : Math.round((now - lastHookAt) / 1000)),
  },
  amo_segments_swept_age_seconds: {
    help: 'Everything that changed longer ago is known',
    read: ({ sweptUntil }, now) => (sweptUntil === null ? null : Math.round(now / 1000) - sweptUntil),
  },
}

const waiting = ({ failed: _, ...queue }: SyncHealth['queue']): number =>
  Object.values(queue).reduce((sum, count) => sum + count, 0)

/** `/metrics` for Prometheus; with `ADMIN_TOKEN` set it asks for it as a bearer token. */
export const metricsRoute =
  ({ config, api }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    app.get('/metrics', async (request, reply) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      if (config.adminToken !== null && !isSameSecret(token, config.adminToken)) {
        const detail = 'Send the ADMIN_TOKEN as "Authorization: Bearer …".'
        return sendProblem(reply, { status: 401, title: 'Not authorised', detail })
      }
      const registry = api ? await registryOf(api.office) : new Registry()
      return reply.type(registry.contentType).send(await registry.metrics())
    })
  }

const registryOf = async (office: Office): Promise<Registry> => {
  const registry = new Registry()
  const healths = await Promise.all((await office.accounts.ids()).map((id) => healthOf(office, id)))
  const now = office.clock()
  for (const [name, { help, read }] of Object.entries(FIGURES)) {
    const gauge = new Gauge({ name, help, labelNames: ['account'], registers: [registry] })
    for (const health of healths) {
      const value = health && read(health, now)
      if (health !== null && value !== null) gauge.set({ account: health.account.id }, value)
    }
  }
  return registry
}

const healthOf = async (office: Office, id: number): Promise<SyncHealth | null> => {
  const context = await accountNow(office, id)
  return context && syncHealth(context, office)
}
