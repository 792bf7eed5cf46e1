import type { Actor } from '../changes/patch.ts'
import type { User } from '../world/account-profile.ts'
import type { World } from '../world/world.ts'
import type { QueryMap } from './bracket-query.ts'

/** One authenticated request to the API, ready to be answered. */
export interface ApiCall {
  readonly world: World
  readonly user: User
  /** As whom its writes are recorded. */
  readonly actor: Actor
  readonly query: QueryMap
  /** Text after `?`, as sent. */
  readonly search: string
  /** `/api/v4/...` without the query. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
  /** `https://<subdomain>.amocrm.ru`, for links. */
  readonly base: string
}

/** What a route answers: a status and a body; null body: none, as in 204. */
export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
}

export const NO_CONTENT: ApiAnswer = { status: 204, body: null }

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body }
}

export type Handler = (call: ApiCall) => ApiAnswer

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With `:name` parts, from `/api`. */
  readonly path: string
  readonly handle: Handler
}
