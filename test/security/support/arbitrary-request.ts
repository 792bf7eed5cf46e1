import fc from 'fast-check'

/** What an OpenAPI document tells of one route, by names alone. */
export interface RouteNames {
  readonly query: readonly string[]
  readonly body: readonly string[]
}

export interface AnyRequest {
  readonly path: string
  readonly body: string
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
}

/** What people, programs and attackers put where something else belongs. */
const odd = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1',
    '2',
    '1e9',
    '999999999999999',
    'null',
    'NaN',
    '{}',
    '[]',
    '../..',
    '..%2f',
    '%00',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'lifecycle',
    'new',
    'policy-1',
    'contact',
    'match',
    'ru',
    'all',
  ),
  fc.constantFrom("' OR 1=1 --", '<script>', '{{7*7}}', '\r\nx: y', '\u0000', 'a'.repeat(2_000)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
)

const jsonFor = (names: readonly string[]) =>
  fc.record(
    Object.fromEntries(names.map((name) => [name, fc.oneof(odd, fc.jsonValue({ maxDepth: 3 }), fc.constant({}))])),
    { requiredKeys: [] },
  )

const bodyFor = (names: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: jsonFor(names).map((value) => JSON.stringify(value)) },
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '{', '[]', '{"__proto__":{"a":1}}', '['.repeat(5_000), 'leads[update][0][id]=1', 'a=b&a[]=c'),
  )

/** Header values as HTTP lets them through. */
const headerText = odd.map((text) => text.replace(/[^\x20-\x7e]/g, ''))

/**
 * Any request to one route: the parameters in its path, query, body and headers filled with what may or may not belong
 * there. `known` gives values with which what lies behind a parameter is reached.
 */
export const requestTo = (
  url: string,
  names: RouteNames,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<AnyRequest> => {
  const holes = [...url.matchAll(/:(\w+)|\*/g)].map(([, name]) => known[name ?? ''] ?? [])
  const fillings = holes.map((values) =>
    values.length === 0 ? odd : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, odd),
  )
  const keys = fc.constantFrom(...names.query, 'x')
  return fc.record({
    path: fc.tuple(fc.tuple(...fillings), fc.dictionary(keys, odd, { maxKeys: 3 })).map(([parts, query]) => {
      let at = 0
      const filled = url.replace(/:(\w+)|\*/g, () => encodeURIComponent(parts[at++] ?? ''))
      const search = new URLSearchParams(Object.entries(query)).toString()
      return search === '' ? filled : `${filled}?${search}`
    }),
    body: bodyFor(names.body),
    contentType: fc.oneof(
      { weight: 4, arbitrary: fc.constant('application/json') },
      fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'x'),
    ),
    headers: fc.record(
      {
        'if-match': headerText,
        'accept-language': headerText,
        accept: fc.constantFrom('text/html', 'application/json', '*/*', 'text/event-stream'),
        origin: fc.oneof(headerText, fc.constant('https://evil.example')),
        cookie: headerText,
        'x-amocrm-requestid': headerText,
        'x-forwarded-for': headerText,
        'last-event-id': headerText,
      },
      { requiredKeys: [] },
    ),
  })
}
