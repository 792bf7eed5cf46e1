import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Access } from '../../../src/http/auth/access.ts'

/** One address of the service, as it was registered. */
export interface RecordedRoute {
  readonly method: string
  /** With its parameters, e.g. `/api/v1/accounts/:accountId`. */
  readonly url: string
  readonly access: Access | undefined
  readonly isRateLimited: boolean
  readonly bodyLimit: number | undefined
}

/**
 * Builds something and answers every route that was registered meanwhile, whatever registered it: what is added to the
 * service tomorrow is in the list by itself.
 */
export const recordingRoutes = async <T>(build: () => Promise<T>): Promise<{ built: T; routes: RecordedRoute[] }> => {
  const routes: RecordedRoute[] = []
  const onServer = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', (route) => void routes.push(...recorded(route)))
  }
  subscribe('fastify.initialization', onServer)
  try {
    return { built: await build(), routes }
  } finally {
    unsubscribe('fastify.initialization', onServer)
  }
}

const recorded = ({ method, url, config, bodyLimit }: RouteOptions): RecordedRoute[] =>
  [method].flat().map((one) => ({
    ...{ method: one, url, bodyLimit },
    access: config?.access,
    isRateLimited: config !== undefined && 'rateLimit' in config && config.rateLimit !== undefined,
  }))
