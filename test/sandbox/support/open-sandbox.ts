import { onTestFinished } from 'vitest'
import { createSandbox, type Sandbox } from '../../../sandbox/create-sandbox.ts'
import type { SandboxOptions } from '../../../sandbox/options.ts'

export interface ApiReply {
  readonly status: number
  readonly type: string
  readonly text: string
  /** The parsed body; empty where there is none or it is no JSON. */
  readonly json: Readonly<Record<string, unknown>>
}

export type Api = (method: string, path: string, body?: unknown) => Promise<ApiReply>

export interface Opened {
  readonly sandbox: Sandbox
  /** Calls the API of the first account as its admin. */
  readonly api: Api
  readonly apiAs: (token: string) => Api
}

/** A sandbox without a rate limit, unless asked for, closed when the test ends. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Opened> {
  const sandbox = await createSandbox({ requestsPerSecond: 100_000, ...options })
  onTestFinished(() => sandbox.close())
  const apiAs =
    (token: string): Api =>
    (method, path, body) =>
      call(sandbox.url, token, method, path, body)
  return { sandbox, api: apiAs(sandbox.longLivedToken()), apiAs }
}

async function call(url: string, token: string, method: string, path: string, body: unknown): Promise<ApiReply> {
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  return { status: answer.status, type, text, json: type.includes('json') ? JSON.parse(text) : {} }
}

export type Item = Readonly<Record<string, unknown>> & { readonly id: number }

/** The list of an answer. */
export function itemsOf(reply: ApiReply, name: string): readonly Item[] {
  const embedded = reply.json._embedded as Readonly<Record<string, readonly Item[]>> | undefined
  return embedded?.[name] ?? []
}

export function idsOf(reply: ApiReply, name: string): readonly number[] {
  return itemsOf(reply, name).map(({ id }) => id)
}

/** `path code` of every fault of every item, by request id. */
export function faultsOf(reply: ApiReply): Readonly<Record<string, readonly string[]>> {
  const list = (reply.json['validation-errors'] ?? []) as readonly {
    readonly request_id: string
    readonly errors: readonly { readonly code: string; readonly path: string }[]
  }[]
  return Object.fromEntries(list.map((item) => [item.request_id, item.errors.map((e) => `${e.path} ${e.code}`)]))
}
