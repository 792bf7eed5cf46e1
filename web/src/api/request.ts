import { ApiError, type ProblemBody } from './api-error.ts'
import { sessionSource } from './session-source.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Values of a query; those that are absent are left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface RequestParts {
  readonly query?: Query
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

const ROOT = '/api/v1'

const UNREACHABLE: ProblemBody = { code: 'unreachable', detail: 'The service cannot be reached.' }
const NO_SESSION: ProblemBody = { code: 'no_session', detail: 'There is no session.' }

/**
 * Sends a request to the API, with a fresh session in place of one that is refused.
 *
 * @param path under `/api/v1`, with its slash
 * @throws ApiError for every refusal, and with status 0 when the service cannot be reached
 */
export const request = async (method: Method, path: string, parts: RequestParts = {}): Promise<Response> => {
  const first = await tokenInPlaceOf(null)
  const answer = await sent(method, path, parts, first)
  if (answer.status !== 401) return checked(answer)
  return checked(await sent(method, path, parts, await tokenInPlaceOf(first)))
}

/** The same for an answer that is JSON, or empty. */
export const requestJson = async <T>(method: Method, path: string, parts?: RequestParts): Promise<T> => {
  const answer = await request(method, path, parts)
  return (answer.status === 204 ? null : await answer.json()) as T
}

const tokenInPlaceOf = async (refused: string | null): Promise<string> => {
  const known = sessionSource.current()
  const session = known !== null && known.token !== refused ? known : await sessionSource.renew(refused)
  if (session === null) throw new ApiError(401, NO_SESSION)
  return session.token
}

const sent = async (method: Method, path: string, parts: RequestParts, token: string): Promise<Response> => {
  const { query = {}, body, headers, signal } = parts
  const given = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]))
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  try {
    return await fetch(`${ROOT}${path}${search}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, UNREACHABLE, error)
  }
}

const checked = async (answer: Response): Promise<Response> => {
  if (answer.ok) return answer
  const problem: unknown = await answer.json().catch(() => null)
  throw new ApiError(answer.status, typeof problem === 'object' && problem !== null ? problem : {})
}
