import http from 'node:http'
import https from 'node:https'
import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import { isAllowedHost } from './allowed-host.ts'
import { AmoError } from './amo-error.ts'
import { safeExcerpt } from './safe-excerpt.ts'
import { sendingTransport } from './sending-transport.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One request as it goes out. `path` begins with a slash and has no query. */
export interface HttpRequest {
  readonly method: Method
  readonly path: string
  /** Encoded, without the question mark. */
  readonly query?: string
  /** Sent as JSON. */
  readonly body?: unknown
  readonly bearer?: string
  /** Shown, not used up: asks where its account is. */
  readonly refreshToken?: string
}

/**
 * How one exchange ended. `answer`: amoCRM spoke, whatever the status; `json` is undefined unless the content type
 * says JSON and it parses. `failure`: it did not; `unsent` means that no byte of the request left.
 */
export type Exchange =
  | {
      readonly type: 'answer'
      readonly status: number
      readonly form: 'json' | 'html' | 'empty' | 'other'
      readonly json: unknown
      /** What a refusal says, fit for a log. */
      readonly excerpt: string
      readonly retryAfter: string | null
    }
  | { readonly type: 'failure'; readonly kind: 'unsent' | 'timeout' | 'network' | 'too_large'; readonly why: string }

export interface AmoHttpOptions {
  /** Domains that secrets may go to; see `isAllowedHost`. */
  readonly allowedHosts: readonly string[]
  /** Replaces `https://{host}` for all hosts: a proxy of the operator, or a test server. */
  readonly apiOrigin?: string | undefined
  readonly userAgent?: string
  readonly connectTimeoutMs?: number
  readonly totalTimeoutMs?: number
}

/** A page of 250 full cards is about 2 MB; anything far above is not an answer of this API. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

/**
 * One exchange with an amoCRM host: no retry, no redirect, no exception for what the far side does. Time-outs are
 * those of the platform's own client: 5 s to connect, 20 s in all.
 */
export class AmoHttp {
  readonly #axios: AxiosInstance
  readonly #options: AmoHttpOptions

  constructor(options: AmoHttpOptions) {
    this.#options = options
    this.#axios = axios.create({
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true }),
      headers: { 'User-Agent': options.userAgent ?? 'amo-segments', Accept: 'application/hal+json, application/json' },
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: MAX_ANSWER_BYTES,
      responseType: 'text',
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
    })
  }

  /**
   * @param onSent called once, when the bytes leave
   * @throws AmoError `refused` when the host is not on the allow-list: nothing was sent
   */
  async exchange(host: string, request: HttpRequest, onSent: () => void = () => {}): Promise<Exchange> {
    const origin = this.#originOf(host, request)
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), this.#options.totalTimeoutMs ?? 20_000)
    let sent = false
    try {
      const answer = await this.#axios.request<unknown>({
        method: request.method,
        url: `${origin}${request.path}${request.query ? `?${request.query}` : ''}`,
        headers: { ...headersOf(request), ...this.#meant(host) },
        ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
        signal: abort.signal,
        transport: sendingTransport(origin.startsWith('https:'), {
          connectTimeoutMs: this.#options.connectTimeoutMs ?? 5000,
          onSent: () => {
            sent = true
            onSent()
          },
        }),
      })
      return readAnswer(answer)
    } catch (error) {
      return failureOf(error, sent, abort.signal.aborted)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Whoever stands in for all hosts is told which one is meant. */
  #meant(host: string): Record<string, string> {
    return this.#options.apiOrigin ? { 'X-Forwarded-Host': host } : {}
  }

  #originOf(host: string, { method, path }: HttpRequest): string {
    const { apiOrigin, allowedHosts } = this.#options
    if (apiOrigin) return apiOrigin.replace(/\/+$/, '')
    if (isAllowedHost(host, allowedHosts)) return `https://${host}`
    const advice = `the host is not under ${allowedHosts.join(', ')}; no credentials were sent`
    throw new AmoError('refused', `${method} ${path}: ${advice}`, { method, path, status: null })
  }
}

function headersOf({ body, bearer, refreshToken }: HttpRequest): Record<string, string> {
  return {
    ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    ...(refreshToken === undefined ? {} : { 'X-Refresh-Token': refreshToken }),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
}

function readAnswer({ status, headers, data }: AxiosResponse<unknown>): Exchange {
  const text = typeof data === 'string' ? data : ''
  const form = formOf(String(headers['content-type'] ?? ''), text)
  const retryAfter = headers['retry-after']
  const json = form === 'json' ? parseJson(text) : undefined
  return {
    type: 'answer',
    status,
    form,
    json,
    excerpt: safeExcerpt(status, json, text),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  }
}

function formOf(contentType: string, text: string): 'json' | 'html' | 'empty' | 'other' {
  if (text.trim() === '') return 'empty'
  if (/[/+]json\b/i.test(contentType)) return 'json'
  return /html/i.test(contentType) || text.trimStart().startsWith('<') ? 'html' : 'other'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only the code and message are kept: axios's errors hold the request's headers, and so the token. */
function failureOf(error: unknown, sent: boolean, timedOut: boolean): Exchange {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: '' }
  const why = [code, message].filter(Boolean).join(': ')
  if (message.includes('maxContentLength')) return { type: 'failure', kind: 'too_large', why }
  if (!sent) return { type: 'failure', kind: 'unsent', why: timedOut ? 'no connection in time' : why }
  return timedOut
    ? { type: 'failure', kind: 'timeout', why: 'no answer in time' }
    : { type: 'failure', kind: 'network', why }
}
