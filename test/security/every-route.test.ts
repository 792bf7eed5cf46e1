import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyRequest, type RouteNames, requestTo } from './support/arbitrary-request.ts'
import { OPS, SALESPERSON, type WebStage, webStage } from './support/web-stage.ts'

/** Below the tightest limit of requests a minute, so that what lies behind it is reached. */
const REQUESTS_EACH = 20
const SEED = 20_261_121
/** What takes longer hangs: the server itself gives a request up after 10 s, amoCRM's webhooks after 2. */
const ANSWER_LIMIT_MS = 5_000

let stage: WebStage
let names: ReadonlyMap<string, RouteNames>

beforeAll(async () => {
  stage = await webStage()
  names = await namesOfRoutes()
})
afterAll(() => stage.close())

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { readonly properties?: object } }> }
}

const namesOfRoutes = async (): Promise<ReadonlyMap<string, RouteNames>> => {
  const document = await (await fetch(`${stage.url}/docs/json`)).json()
  const { paths } = document as { paths: Record<string, Record<string, Operation>> }
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => [
        `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        {
          query: parameters.flatMap((one) => (one.in === 'query' ? [one.name] : [])),
          body: Object.keys(requestBody?.content['application/json']?.schema.properties ?? {}),
        },
      ]),
    ),
  )
}

const NOTHING_TOLD: RouteNames = {
  query: ['code', 'state', 'referer', 'client_id', 'client_uuid', 'account_id', 'signature', 'accounts', 'lang'],
  body: ['leads', 'account'],
}

const known = (): Readonly<Record<string, readonly string[]>> => ({
  accountId: [String(stage.mine.id)],
  secret: [stage.mine.hookSecret],
  kind: ['contact', 'company'],
  entity: ['contact', 'lead', 'company'],
  dimension: ['lifecycle', 'value'],
})

const send = (method: string, { path, body, contentType, headers }: AnyRequest, who: Record<string, string>) =>
  fetch(`${stage.url}${path}`, {
    method,
    headers: { ...headers, ...who, ...(method !== 'GET' && method !== 'HEAD' && { 'content-type': contentType }) },
    ...(method !== 'GET' && method !== 'HEAD' && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  })

/** Ends with the answer's last byte; events are let go of at the first. */
const bodyOf = async (answer: Response): Promise<string> => {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.text()
  await answer.body?.cancel()
  return ''
}

const SELDOM_READY = 503

/** No browser is meant to see their answers, and they are to be quick. */
const FOR_MACHINES = ['POST /hooks/:secret', 'POST /digital-pipeline']

/** What is wrong with an answer, in a word; null: nothing. */
const faultOf = (method: string, url: string, answer: Response, body: string): string | null => {
  if (answer.status >= 500 && answer.status !== SELDOM_READY) return `status ${answer.status}`
  // The web app may not have been built; everything else is there.
  if (answer.status === SELDOM_READY && !url.startsWith('/app')) return 'not ready'
  if (/\bat .+\.[jt]s:\d|node_modules/.test(body.slice(0, 10_000)) && !url.startsWith('/docs'))
    return 'tells of its insides'
  if (FOR_MACHINES.includes(`${method} ${url}`)) return null
  return ['content-security-policy', 'x-content-type-options'].every((name) => answer.headers.has(name))
    ? null
    : 'lacks the headers of protection'
}

describe('every route, whatever is sent to it', () => {
  it('answers: no failure, no hanging, and under its protection', async () => {
    const faults: string[] = []
    const statuses = new Map<number, number>()
    for (const [index, { method, url }] of stage.routes.entries()) {
      const requests = fc.sample(requestTo(url, names.get(`${method} ${url}`) ?? NOTHING_TOLD, known()), {
        numRuns: method === 'HEAD' ? 4 : REQUESTS_EACH,
        seed: SEED + index,
      })
      const callers = [OPS, OPS, {}, { 'x-auth-token': stage.token(SALESPERSON) }]
      const fates = await Promise.all(
        requests
          .map(async (request, at) => {
            const answer = await send(method, request, callers[at % callers.length] ?? {})
            const fault = faultOf(method, url, answer, await bodyOf(answer))
            statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
            return fault && `${fault}: ${method} ${request.path.slice(0, 150)} ${request.body.slice(0, 150)}`
          })
          .map((fate) => fate.catch((error: unknown) => `no answer: ${method} ${url} ${String(error)}`)),
      )
      faults.push(...fates.filter((fate) => fate !== null))
      // What was removed or stopped on the way is there again for the next route.
      await stage.accounts.patch(stage.mine.id, { status: 'active' })
    }
    const why = stage.log.filter((line) => line.includes('request failed')).slice(0, 3)
    expect(faults, why.join('\n')).toEqual([])
    expect(stage.routes.length).toBeGreaterThan(60)
    // The requests are not all refused at the door.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 204, 400, 401, 403, 404, 422]))
    expect((await fetch(`${stage.url}/health/ready`)).status).toBe(200)
  }, 120_000)
})
