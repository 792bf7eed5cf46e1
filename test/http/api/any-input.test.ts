import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiTest, apiTest, OPS } from './support/api-test.ts'
import { addClients } from './support/small-clients.ts'

const RUNS = 30
const SEED = 20_261_121

let api: ApiTest
let operations: { method: string; path: string; parameters: readonly Parameter[]; properties: readonly string[] }[]

interface Parameter {
  readonly name: string
  readonly in: string
}

beforeAll(async () => {
  api = await apiTest()
  await addClients(api)
  const { paths } = (await api.app.inject({ url: '/docs/json' })).json()
  operations = Object.entries(paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      ...{ method: method.toUpperCase(), path, parameters },
      properties: Object.keys(requestBody?.content['application/json']?.schema.properties ?? {}),
    })),
  )
})
afterAll(() => api.close())

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { properties?: object } }> }
}

/** What people and programs put where something else belongs. */
const odd = fc.oneof(
  fc.constantFrom('', '0', '-1', '1e9', '999999999999999', 'null', 'NaN', '{}', '[]', '../..', '%00', 'a'.repeat(500)),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'lifecycle', 'match', 'new', 'policy-1', 'contact', 'all'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
)

/** Deeper than any parser that calls itself survives. */
const deep = (depth: number) => `${'{"all":['.repeat(depth)}1${']}'.repeat(depth)}`

const jsonFor = (properties: readonly string[]) =>
  fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record(
      Object.fromEntries(
        properties.map((name) => [
          name,
          fc.oneof({ weight: 2, arbitrary: odd }, fc.jsonValue(), fc.constant({}), fc.constant(0)),
        ]),
      ),
      { requiredKeys: [] },
    ),
  )

const bodyFor = (properties: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: jsonFor(properties).map((value) => JSON.stringify(value)) },
    fc.string(),
    fc.constantFrom('', '{', '{"__proto__":{"a":1}}', '\u0000', `"${'x'.repeat(20_000)}"`, deep(30), deep(5_000)),
  )

const requestFor = ({ method, path, parameters, properties }: (typeof operations)[number]) =>
  fc.record({
    method: fc.constant(method),
    path: fc
      .tuple(...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => partFor(name ?? '')))
      .map((parts) => parts.reduce((text: string, part) => text.replace(/\{\w+\}/, encodeURIComponent(part)), path)),
    query: fc.dictionary(
      fc.oneof(fc.constantFrom(...parameters.filter((one) => one.in === 'query').map(({ name }) => name), 'x')),
      odd,
      { maxKeys: 4 },
    ),
    body: bodyFor(properties),
    contentType: fc.constantFrom('application/json', 'application/json', 'application/json', 'text/plain', 'x'),
    ifMatch: fc.option(
      odd.map((text) => text.replace(/[^\x20-\x7e]/g, '')),
      { nil: null },
    ),
  })

/** Mostly the right account, so that what comes after it is reached. */
const partFor = (name: string) =>
  name === 'accountId'
    ? fc.oneof({ weight: 8, arbitrary: fc.constant(String(api.mine.context.id)) }, odd)
    : fc.oneof(odd, fc.constantFrom('1', '2', 'contact', 'lifecycle', 'value', 'install-1'))

describe('whatever is sent', () => {
  it('is answered or refused in words, never by a failure', async () => {
    const failures: string[] = []
    const statuses = new Map<number, number>()
    for (const [index, operation] of operations.entries()) {
      await fc.assert(
        fc.asyncProperty(requestFor(operation), async ({ method, path, query, body, contentType, ifMatch }) => {
          await api.mine.accounts.patch(api.mine.context.id, { status: 'active' })
          const answer = await api.app.inject({
            ...{ method: method as 'GET', url: path, query, remoteAddress: `10.0.${index}.1` },
            headers: {
              ...OPS,
              ...(ifMatch !== null && { 'if-match': ifMatch }),
              ...(method !== 'GET' && { 'content-type': contentType }),
            },
            ...(method !== 'GET' && { payload: body }),
          })
          statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
          if (answer.statusCode >= 500)
            failures.push(`${method} ${path} ${JSON.stringify(query)} ${body.slice(0, 200)}`)
          if (answer.statusCode >= 400)
            expect(answer.json()).toMatchObject({ status: answer.statusCode, detail: expect.any(String) })
        }),
        { numRuns: RUNS, seed: SEED + index },
      )
    }
    expect(failures).toEqual([])
    // The inputs are not all refused at the door.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 400, 404, 422]))
  }, 120_000)

  it('reads nothing that is nested without end', async () => {
    const url = api.path('/policy/check')
    const headers = { ...OPS, 'content-type': 'application/json' }
    const payload = `{"policy":${deep(20_000)}}`
    const answer = await api.app.inject({ method: 'POST', url, headers, payload })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'too_deep'])
  })

  it('is taken up to a limit, larger only where policies are sent', async () => {
    const send = (tail: string, bytes: number) =>
      api.app.inject({
        ...{ method: 'POST', url: api.path(tail), headers: { ...OPS, 'content-type': 'application/json' } },
        payload: JSON.stringify({ policy: { stopTag: 'x'.repeat(bytes) } }),
      })
    expect((await send('/resync', 20_000)).statusCode).toBe(413)
    expect((await send('/policy/check', 400_000)).statusCode).toBe(200)
    expect((await send('/policy/check', 600_000)).json().code).toBe('too_large')
  })

  it('is refused when it comes too often', async () => {
    const url = api.path('/policy/preview')
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        api.app.inject({ method: 'POST', url, headers: OPS, remoteAddress: '10.9.9.9' }),
      ),
    )
    const refused = answers.find((answer) => answer.statusCode === 429)
    expect(refused?.json()).toMatchObject({ code: 'too_many' })
    expect(refused?.headers['retry-after']).toBeDefined()
  })
})
