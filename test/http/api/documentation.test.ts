import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routesOf } from '../../docs/support/routes-of.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
})
afterAll(() => api.close())

/** Method and path of every route of the API, as the router knows them. */
const routes = (): string[] =>
  routesOf(api.app)
    .filter((route) => route.includes(' /api/v1/'))
    .map((route) => route.replace(/:(\w+)/g, '{$1}'))
    .toSorted()

const specification = async () => (await api.app.inject({ url: '/docs/json' })).json()

describe('the manual', () => {
  it('names every route, and who may use it', async () => {
    const manual = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8')
    const named = [...manual.matchAll(/^\| `([A-Z]+ [^`]+)` .*\| (all|admins|ops) +\|$/gm)]
    expect(named.map(([, route = '']) => route.replace(' ', ' /api/v1')).toSorted()).toEqual(routes())
  })

  it('tells of each route the access it has', async () => {
    const manual = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8')
    for (const [, method = '', path = '', access] of manual.matchAll(/^\| `([A-Z]+) (\S+)` .*\| (\w+) +\|$/gm)) {
      const url = `/api/v1${path}`
        .replace('{accountId}', String(api.mine.context.id))
        .replace('{kind}', 'contact')
        .replace('{dimension}', 'lifecycle')
        .replace(/\{\w+\}/g, '1')
      const headers = { ...api.as(SALESPERSON), ...(method === 'PUT' && { 'content-type': 'application/json' }) }
      const answer = await api.app.inject({ method: method as 'GET', url, headers })
      const code = { all: undefined, admins: 'admin_only', ops: 'ops_only' }[access ?? '']
      const isJson = String(answer.headers['content-type']).includes('json')
      const given = isJson ? answer.json().code : undefined
      expect([method, path, given === 'admin_only' || given === 'ops_only' ? given : undefined]).toEqual([
        method,
        path,
        code,
      ])
    }
  })
})

describe('the OpenAPI document', () => {
  it('describes every route of the API, and nothing else', async () => {
    const { paths } = await specification()
    const documented = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(documented.toSorted()).toEqual(routes())
    expect(documented.length).toBeGreaterThan(10)
  })

  it('says of each what it does, who may, what it answers and how it refuses', async () => {
    const { paths, openapi } = await specification()
    expect(openapi).toBe('3.1.0')
    for (const methods of Object.values(paths as Record<string, Record<string, Record<string, unknown>>>)) {
      for (const operation of Object.values(methods)) {
        expect(operation).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] })
        const statuses = Object.keys(operation.responses as object)
        expect(statuses).toEqual(expect.arrayContaining([expect.stringMatching(/^2/), '4XX', '503']))
      }
    }
  })

  it('is shown by a page that may load its own files alone', async () => {
    const page = await api.app.inject({ url: '/docs/' })
    expect(page.statusCode).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|https:|\*/)
    expect(page.body).not.toMatch(/<script>|<style>| style=/)
    expect((await api.app.inject({ url: '/docs/static/swagger-ui-bundle.js' })).statusCode).toBe(200)
  })
})
