import type { Hook, HookFault } from './hooks/hook-sender.ts'

/** A request to the API or to the token endpoint, as fault rules see it. */
export interface FaultyRequest {
  readonly accountId: number | null
  readonly method: string
  readonly path: string
  /** Text after `?`. */
  readonly query: string
  readonly body: unknown
}

/**
 * What goes wrong with a request in place of its answer:
 * - `status`: that status, with a problem+json body unless another one is given; nothing is done.
 * - `html`: that status with nginx's HTML page; nothing is done.
 * - `hang`: no answer ever; nothing is done.
 * - `reset`: the connection is cut; nothing is done.
 * - `loseAnswer`: the request is carried out, then the connection is cut.
 * - `delayMs`: carried out and answered, that much later.
 */
export type RequestFault =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly html: number }
  | { readonly hang: true }
  | { readonly reset: true }
  | { readonly loseAnswer: true }
  | { readonly delayMs: number }

/** Rules a test may set at any time. */
export interface Faults {
  onRequest: (request: FaultyRequest) => RequestFault | undefined
  onHook: (hook: Hook) => HookFault | undefined
}

/** The page nginx answers with when amoCRM's protection blocks a caller. */
export function nginxPage(status: number): string {
  const title = `${status} ${status === 403 ? 'Forbidden' : status === 429 ? 'Too Many Requests' : 'Error'}`
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
}
