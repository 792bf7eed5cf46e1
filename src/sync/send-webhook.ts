import { createHash, createHmac } from 'node:crypto'
import type { Readable } from 'node:stream'
import axios from 'axios'
import type { WebhookBody } from '../segmentation/plan-actions.ts'
import { type AddressGuard, ForbiddenAddressError } from './outgoing/address-guard.ts'
import { guardedAgents, type ResolveAll } from './outgoing/guarded-agents.ts'

const TIMEOUT_MS = 10_000

/** Sends one outgoing webhook; answers how it ended, throws when it is to be repeated. */
export type SendWebhook = (accountId: number, url: string, body: WebhookBody, key: string) => Promise<string>

export interface SenderParts {
  /** The account's secret for signatures. */
  readonly secretOf: (accountId: number) => Promise<string>
  readonly guard: AddressGuard
  /** Default: the system's. */
  readonly resolve?: ResolveAll
}

/**
 * Outgoing webhooks: a POST of the JSON body, with `X-Amo-Segments-Signature: sha256=<hex HMAC-SHA256 of the body>` and
 * an `Idempotency-Key` that stays the same when a delivery is repeated. Anything but 2xx is repeated, except 410 (gone);
 * redirects are not followed. The answer's body is not read: the status says it all.
 *
 * Throws a `ForbiddenAddressError`, which is not to be repeated, for an address the guard does not let through.
 */
export function webhookSender({ secretOf, guard, resolve }: SenderParts): SendWebhook {
  const agents = guardedAgents(guard, resolve)
  return async (accountId, url, body, key) => {
    const text = JSON.stringify(body)
    const signature = createHmac('sha256', await secretOf(accountId))
      .update(text)
      .digest('hex')
    const { status, data } = await axios
      .post<Readable>(url, text, {
        ...agents,
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': createHash('sha256').update(`${accountId}|${key}`).digest('hex'),
          'User-Agent': 'amo-segments',
          'X-Amo-Segments-Signature': `sha256=${signature}`,
        },
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        maxRedirects: 0,
        proxy: false,
        responseType: 'stream',
        decompress: false,
        validateStatus: () => true,
      })
      .catch(throwBare)
    data.destroy()
    if (status === 410) return 'webhook 410'
    if (status < 200 || status > 299) throw new Error(`the webhook's address answered ${status}`)
    return `webhook ${status}`
  }
}

/**
 * The library wraps what its agents throw, and its errors hold the request: an address that may be a secret, a signature,
 * and what is said of a client. None of it is for the log.
 */
const throwBare = (error: unknown): never => {
  const { cause, code } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  if (cause instanceof ForbiddenAddressError) throw cause
  throw new Error(`the webhook's address could not be reached: ${code ?? 'no answer'}`)
}
