/**
 * Why a call to amoCRM could not be done, by what can be done about it:
 * - `unauthorized`: 401 also with a fresh token; the account must reconnect.
 * - `payment_required`: 402, unpaid or the plan lacks it.
 * - `blocked`: 403 in HTML, amoCRM's protection; support has to lift it.
 * - `forbidden`: 403 in JSON, the installing user's rights do not suffice.
 * - `rate_limited`: 429 that did not end within the call's patience.
 * - `refused`: 400/404/405/422, the request itself is wrong; never repeated.
 * - `unavailable`: network, time-out or 5xx that did not end within the call's patience; repeat later.
 */
export type AmoErrorCode =
  | 'unauthorized'
  | 'payment_required'
  | 'blocked'
  | 'forbidden'
  | 'rate_limited'
  | 'refused'
  | 'unavailable'

export interface AmoErrorDetails {
  readonly method: string
  readonly path: string
  readonly status: number | null
  /** Milliseconds amoCRM asked us to wait, if it said so. */
  readonly retryAfterMs?: number
  /** The API's own words, shortened; never headers or tokens. */
  readonly answer?: string
}

/** Failure of one call to amoCRM. `message` is for people: what failed and what to do. */
export class AmoError extends Error {
  override readonly name = 'AmoError'
  readonly code: AmoErrorCode
  readonly details: AmoErrorDetails

  constructor(code: AmoErrorCode, message: string, details: AmoErrorDetails, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}
