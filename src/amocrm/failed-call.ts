import { AmoError } from './amo-error.ts'
import type { Exchange, HttpRequest } from './amo-http.ts'
import { type Rule, restAskedFor } from './retry-table.ts'

/**
 * The error of a call whose last exchange ended so. Carries no query, header or token.
 *
 * @param retryAfterMs when it makes sense again; default: what amoCRM asked for
 */
export function failedCall(
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
  exchange: Exchange,
  rule: Rule,
  retryAfterMs = restAskedFor(exchange, Date.now()),
): AmoError {
  const status = exchange.type === 'answer' ? exchange.status : null
  const answer = exchange.type === 'answer' ? exchange.excerpt : exchange.why
  return new AmoError(rule.code, `${method} ${path}${status === null ? '' : ` (${status})`}: ${rule.advice}`, {
    method,
    path,
    status,
    ...(retryAfterMs > 0 ? { retryAfterMs } : {}),
    ...(answer === '' ? {} : { answer }),
  })
}

/** The account's gate is closed since a 403 page: nothing was sent. */
export function closedError(ms: number): AmoError {
  const details = { method: 'GET', path: '/api/v4', status: null, retryAfterMs: ms }
  return new AmoError('blocked', "amoCRM blocked the API; write to amoCRM's support", details)
}

/** A batch that amoCRM could not serve in time: half of it may pass (amoCRM, "limits", 504). */
export class BatchTooHeavy extends AmoError {
  constructor(error: AmoError) {
    super(error.code, error.message, error.details)
  }
}
