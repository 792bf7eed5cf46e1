import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiTest, apiTest } from '../http/api/support/api-test.ts'
import { documents, quoted, readDoc, rowsUnder } from './support/read-doc.ts'
import { routesOf } from './support/routes-of.ts'

let api: ApiTest
let routes: string[]
beforeAll(async () => {
  api = await apiTest()
  routes = routesOf(api.app)
})
afterAll(() => api.close())

/** The API has a manual of its own, and pages have parts. */
const isOfManual = (route: string) => !/^\w+ (\/api\/v1\/|\/docs\/|.*\*)/.test(route) && !/^\w+ \*$/.test(route)
const isRefusal = (route: string) => /^(GET|PUT|PATCH|DELETE) \/hooks\//.test(route)

/** `{accountId}` and `:accountId` are alike. */
const shape = (route: string) => route.replace(/[:{]\w+\}?/g, ':')

describe.each(['README.md', 'README.ru.md'])('the addresses of %s', (path) => {
  it('are those the server answers at, every one', () => {
    const heading = path.includes('.ru') ? '## Адреса' : '## Addresses'
    const told = rowsUnder(readDoc(path), heading).map(([first = '']) => quoted(first)[0])
    expect(told.toSorted()).toEqual(routes.filter((route) => isOfManual(route) && !isRefusal(route)).toSorted())
  })
})

describe('an address', () => {
  it.each(documents())('that %s names is there', (path) => {
    const named = quoted(readDoc(path))
      .map((text) => /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(text)?.[0])
      .filter((route) => route !== undefined)
      // amoCRM has addresses of its own.
      .filter((route) => !/ \/(api\/v[24]|oauth2|ajax)\//.test(route))
      .map(shape)
    const known = new Set(routes.map(shape))
    // The API's manual leaves out what all its addresses begin with.
    const spellings = (route: string) => [
      route,
      `${route}/`,
      ...(path === 'docs/api.md' ? [route.replace(' ', ' /api/v1')] : []),
    ]
    expect(named.filter((route) => !spellings(route).some((spelling) => known.has(spelling)))).toEqual([])
  })
})
