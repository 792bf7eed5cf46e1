import { type AjaxRequest, accountId, type FailedAnswer, type PlatformWidget } from './platform.ts'
import type { Words } from './words.ts'

/** Where the service is reached, unless the settings of the widget say otherwise; set when the archive is built. */
declare const __SERVICE_URL__: string

const ANSWER_LIMIT_MS = 15_000

/** A one-time token that came too late or twice: the next call brings a fresh one. */
const STALE_TOKEN = new Set(['token_expired', 'token_replayed', 'token_not_yet_valid'])

export type Trouble = keyof Words['errors']

/** Why the service gave no answer, as the name of a sentence. */
export class ServiceError extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(`The service gave no answer: ${trouble}`)
    this.name = 'ServiceError'
    this.trouble = trouble
  }
}

export const troubleOf = (error: unknown): Trouble => (error instanceof ServiceError ? error.trouble : 'failed')

type Call = Pick<AjaxRequest, 'method'> & { readonly path: string; readonly body?: unknown }

/** The service behind the widget. Every call bears a one-time token of amoCRM; nothing is kept between calls. */
export class Service {
  readonly #widget: PlatformWidget

  constructor(widget: PlatformWidget) {
    this.#widget = widget
  }

  /** Without a slash at its end. */
  get url(): string {
    const own = (this.#widget.get_settings().service_url ?? '').trim()
    return (own === '' ? __SERVICE_URL__ : own).replace(/\/+$/, '')
  }

  /** Of the service’s own address, e.g. `/session`. */
  async call<Body>({ method, path, body }: Call): Promise<Body> {
    const request: AjaxRequest = {
      url: `${this.url}/api/v1${path}`,
      method,
      dataType: 'json',
      timeout: ANSWER_LIMIT_MS,
      ...(body === undefined ? {} : { data: JSON.stringify(body), contentType: 'application/json' }),
    }
    try {
      return (await this.#send(request)) as Body
    } catch (answer) {
      if (!STALE_TOKEN.has(codeOf(answer as FailedAnswer))) throw errorOf(answer as FailedAnswer)
    }
    return this.#send(request).catch((answer: FailedAnswer) => Promise.reject(errorOf(answer))) as Promise<Body>
  }

  /** Of the account, e.g. `/segments`. */
  ofAccount<Body>({ path, ...call }: Call): Promise<Body> {
    return this.call<Body>({ ...call, path: `/accounts/${accountId() ?? 0}${path}` })
  }

  #send(request: AjaxRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#widget.$authorizedAjax(request).then(resolve, (answer) => {
        // jQuery takes an answer without a body, as of a deletion, for broken JSON.
        if (answer.status === 204) resolve(null)
        else reject(answer)
      })
    })
  }
}

const codeOf = ({ responseJSON, responseText }: FailedAnswer): string => {
  const body = responseJSON ?? parsed(responseText)
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  account_not_installed: 'not_installed',
  account_unknown: 'not_installed',
  account_disconnected: 'not_installed',
  admin_only: 'admin_only',
  client_unknown: 'unknown_client',
  token_expired: 'expired',
  token_replayed: 'expired',
  token_not_yet_valid: 'expired',
}

const errorOf = (answer: FailedAnswer): ServiceError => {
  const { status = 0 } = answer
  const named = TROUBLES[codeOf(answer)]
  if (named !== undefined) return new ServiceError(named)
  if (status === 0 || status >= 500) return new ServiceError('down')
  if (status === 401 || status === 403) return new ServiceError('refused')
  return new ServiceError(status === 429 ? 'too_often' : 'failed')
}
