import type { AmoErrorCode } from './amo-error.ts'
import type { Exchange } from './amo-http.ts'

/** What is done about an exchange that did not succeed. */
export type Remedy =
  /** Nothing helps: the caller is told. */
  | 'give_up'
  /** Again after a growing pause; a call that must not happen twice is given up instead. */
  | 'repeat'
  /** Again whatever the call: it certainly was not carried out. */
  | 'repeat_always'
  /** As `repeat`, but a batch is made smaller first. */
  | 'smaller'
  /** Everybody of the account slows down, then again. */
  | 'slow_down'
  /** Once with a fresh token. */
  | 'new_token'
  /** Nobody of the account sends for a while; again when that is short. */
  | 'close'
  /** The account may be at another host by now: it is asked, and the call made again there. */
  | 'seek'

export interface Rule {
  readonly remedy: Remedy
  readonly code: AmoErrorCode
  /** What people are told, after "GET /api/v4/leads: ". */
  readonly advice: string
}

/** The one place that says what each answer means. Sources: amoCRM's "HTTP codes", "limits", "recommendations". */
const RULES = {
  // No byte left: DNS, refused or slow connection, TLS.
  unsent: { remedy: 'repeat_always', code: 'unavailable', advice: 'no connection to amoCRM; it will be tried again' },
  // Sent, then silence or a broken line: amoCRM may have carried it out.
  network: { remedy: 'repeat', code: 'unavailable', advice: 'the connection to amoCRM broke; it will be tried again' },
  // The platform's own limit shows as 504, or as our time-out before it: "make the batch smaller".
  timeout: { remedy: 'smaller', code: 'unavailable', advice: 'amoCRM did not answer in time; it will be tried again' },
  504: { remedy: 'smaller', code: 'unavailable', advice: 'amoCRM timed out; it will be tried again' },
  too_large: { remedy: 'smaller', code: 'unavailable', advice: 'the answer was larger than any real one' },
  // Gateway and application failures pass by themselves.
  '5xx': { remedy: 'repeat', code: 'unavailable', advice: 'amoCRM failed inside; it will be tried again' },
  // A 200 that is no JSON comes from something between us and the API.
  garbled: { remedy: 'repeat', code: 'unavailable', advice: 'the answer was not JSON; something stands in between' },
  // Over 7 requests a second; going on leads to the 403 below.
  429: { remedy: 'slow_down', code: 'rate_limited', advice: 'amoCRM asks to slow down; it will be tried again' },
  // Expired (24 h), revoked, or the installing user was removed.
  401: { remedy: 'new_token', code: 'unauthorized', advice: 'the access token is refused; connect the account anew' },
  402: { remedy: 'give_up', code: 'payment_required', advice: 'the account is unpaid or its plan lacks this' },
  // Protection page in HTML: a stray one passes by itself; when they go on, only amoCRM's support lifts the block.
  '403_html': { remedy: 'close', code: 'blocked', advice: "amoCRM blocked the API; write to amoCRM's support" },
  '403_json': {
    remedy: 'give_up',
    code: 'forbidden',
    advice: 'the user who installed lacks the right; install as an admin',
  },
  // The API answers at its own host; elsewhere means a renamed account, and tokens follow no redirect.
  '3xx': { remedy: 'seek', code: 'refused', advice: 'amoCRM points to another address; the account may be renamed' },
  // The API says "not found" in JSON; a page says that there is no such account.
  '404_html': { remedy: 'seek', code: 'refused', advice: 'no account is at this address; it may be renamed' },
  '4xx': { remedy: 'give_up', code: 'refused', advice: 'amoCRM refused the request' },
} as const satisfies Record<string, Rule>

/**
 * Null: the exchange succeeded.
 *
 * @param needsJson whether a success has to carry JSON, or none
 */
export function ruleFor(exchange: Exchange, needsJson = true): Rule | null {
  if (exchange.type === 'failure') return RULES[exchange.kind]
  const { status, form, json } = exchange
  if (status >= 200 && status < 300) return !needsJson || form === 'empty' || json !== undefined ? null : RULES.garbled
  if (status === 401 || status === 402 || status === 429 || status === 504) return RULES[status]
  if (status === 403) return form === 'html' || form === 'other' ? RULES['403_html'] : RULES['403_json']
  if (status === 404 && form === 'html') return RULES['404_html']
  if (status >= 500) return RULES['5xx']
  return status >= 400 ? RULES['4xx'] : RULES['3xx']
}

/** How long a call tries. All in ms. */
export interface Patience {
  /** Pause before the second attempt; doubles each time, with jitter. */
  readonly firstPause: number
  readonly longestPause: number
  readonly attempts: number
  /** 429 is no failure of the call: it may wait longer. */
  readonly slowDownAttempts: number
  /** The platform may ask for minutes; nobody waits longer than this at a time. */
  readonly longestRest: number
  /** How long the account stays closed after a 403 page, before one call finds out whether it still is; doubles with each in a row. */
  readonly firstClosing: number
  readonly longestClosing: number
  /** A closing that is no longer than this is waited out; of a longer one the callers are told. */
  readonly longestClosedWait: number
  /** 403 pages after which a call is given up whatever the others get. */
  readonly closings: number
}

export const PATIENCE: Patience = {
  firstPause: 500,
  longestPause: 8000,
  attempts: 5,
  slowDownAttempts: 12,
  longestRest: 30_000,
  firstClosing: 2000,
  longestClosing: 10 * 60_000,
  longestClosedWait: 3000,
  closings: 3,
}

/** Exponential with full jitter in its upper half, so that many callers do not come back as one. */
export function pauseBefore(attempt: number, patience: Patience, random: () => number = Math.random): number {
  const longest = Math.min(patience.longestPause, patience.firstPause * 2 ** (attempt - 1))
  return longest * (0.5 + random() / 2)
}

/** What a 429 asks for: the `Retry-After` header (seconds or a date), or `retry_after` seconds in the body; ms. */
export function restAskedFor(exchange: Exchange, now: number): number {
  if (exchange.type !== 'answer') return 0
  const inBody = (exchange.json as { retry_after?: unknown } | null | undefined)?.retry_after
  for (const asked of [exchange.retryAfter, inBody]) {
    if (asked === null || asked === undefined || asked === '') continue
    const seconds = Number(asked)
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
    const date = Date.parse(String(asked))
    if (Number.isFinite(date)) return Math.max(0, date - now)
  }
  return 0
}
