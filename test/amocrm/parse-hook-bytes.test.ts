import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHook } from '../../src/amocrm/parse-hook.ts'

/** The body amoCRM sends for these pairs. */
const form = (pairs: Readonly<Record<string, string | number>>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replaceAll('%20', '+')}`)
    .join('&')

/** Touches in short: `lead 5`, with `!` for an incoming message or call. */
const touched = (body: string | Buffer, contentType?: string): string[] =>
  parseHook(body, contentType).touches.map(({ entity, id, incoming }) => `${entity} ${id}${incoming ? ' !' : ''}`)

const ACCOUNT = { 'account[subdomain]': 'acme', 'account[id]': 555 }
const LEAD = { 'leads[add][0][id]': 17, 'leads[add][0][name]': 'Диван' }

describe('JSON bodies', () => {
  it('say the same as forms', () => {
    const json = JSON.stringify({ account: { id: '5' }, contacts: { add: [{ id: '1', type: 'company' }, { id: 2 }] } })
    const expected = {
      accountIds: ['5'],
      touches: [
        { entity: 'company', id: 1, incoming: false },
        { entity: 'contact', id: 2, incoming: false },
      ],
    }
    expect(parseHook(Buffer.from(json), 'application/json; charset=utf-8')).toEqual(expected)
    expect(parseHook(`\ufeff ${json}`)).toEqual(expected)
    expect(parseHook(`[${json}]`)).toEqual(expected)
  })

  it.each([
    ['lead_appeared_in_status', 15, 2, ['lead 123']],
    ['mail_in', 16, 2, ['lead 123 !']],
    ['call_in', 17, 1, ['contact 123 !']],
    ['site_visit', 18, 12, []],
  ])('of a Digital Pipeline widget: %s', (type_code, type, element_type, expected) => {
    const body = { event: { type, type_code, data: { id: 123, element_type }, time: 1491300016 }, account_id: '12345' }
    expect(parseHook(JSON.stringify(body)).accountIds).toEqual(['12345'])
    expect(touched(JSON.stringify(body))).toEqual(expected)
    expect(
      touched(form({ 'event[type]': type, 'event[data][id]': 123, 'event[data][element_type]': element_type })),
    ).toEqual(expected)
  })

  it('that are broken or misnamed are read as forms', () => {
    expect(touched('leads[add][0][id]=5', 'application/json')).toEqual(['lead 5'])
    expect(touched('{"leads":&leads[add][0][id]=5')).toEqual(['lead 5'])
  })

  it('nested without end do not end the process', () => {
    const depth = 200_000
    expect(touched(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toEqual([])
    expect(touched(`${'{"leads":'.repeat(depth)}1${'}'.repeat(depth)}`)).toEqual([])
  })
})

describe('bytes that amoCRM would not send, or did once', () => {
  it.each([
    ['a broken key tail', 'leads[add][0][=x&leads[add][0][id]=5&leads[add][0', ['lead 5']],
    ['bad escapes', '%=%zz&leads%5badd%5D%5B0%5D[id]=5&%e0%a4%a', ['lead 5']],
    ['entities for ampersands', 'a=1&amp;leads[add][0][id]=5', ['lead 5']],
    ['an escaped digit', 'leads[add][0][id]=%35', ['lead 5']],
    ['an empty index', 'leads[add][][id]=5&leads[add][][id]=6', ['lead 5', 'lead 6']],
    ['keys of Object.prototype', '__proto__[add][0][id]=1&leads[__proto__][0][id]=5&constructor=1', ['lead 5']],
    ['lists and unknown keys', 'catalogs[add][0][id]=1&customers[add][0][id]=2&future[add][0][id]=3', []],
    ['nothing', '', []],
  ])('%s', (_, body, expected) => {
    expect(touched(body)).toEqual(expected)
    expect(touched(Buffer.from(body))).toEqual(expected)
  })

  it.each(['0', '-5', '+5', '5.0', '1e3', ' 5', '05', '9007199254740992', '99999999999999999999', 'x', '', '５'])(
    '%j is no id',
    (id) => {
      expect(touched(`leads[add][0][id]=${encodeURIComponent(id)}`)).toEqual([])
      expect(touched(JSON.stringify({ leads: { add: [{ id }] } }))).toEqual([])
    },
  )

  it('the largest safe integer is one', () => {
    expect(touched('leads[add][0][id]=9007199254740991')).toEqual(['lead 9007199254740991'])
  })
})

describe('any bytes', () => {
  const sample = form({
    ...ACCOUNT,
    ...LEAD,
    'contacts[update][0][id]': 3,
    'contacts[update][0][type]': 'company',
    'contacts[note][0][note][element_id]': 4,
    'unsorted[add][0][data][leads][0][id]': 11,
    'message[add][0][contact_id]': 4,
    'event[data][id]': 5,
  })

  const expectWellFormed = (body: string | Buffer) => {
    const { accountIds, touches } = parseHook(body)
    const doubles = new Set(touches.map(({ entity, id }) => `${entity}${id}`))
    expect(doubles.size).toBe(touches.length)
    for (const { entity, id, incoming } of touches) {
      expect(['lead', 'contact', 'company']).toContain(entity)
      expect(Number.isSafeInteger(id) && id > 0).toBe(true)
      expect(typeof incoming).toBe('boolean')
    }
    for (const id of accountIds) expect(id).toMatch(/^[1-9]\d*$/)
  }

  it('in place of parts of a real body give well-formed touches or none', () => {
    const piece = fc.oneof(
      fc.constantFrom('[', ']', '&', '=', '%5B', '%5D', '%', '+', '{', '}', '0', 'id', '\0'),
      fc.string({ maxLength: 6 }),
    )
    const mutation = fc.record({ at: fc.nat(sample.length), cut: fc.nat(12), piece })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 8 }), (mutations) => {
        const mutated = mutations.reduce(
          (body, { at, cut, piece: put }) => body.slice(0, at) + put + body.slice(at + cut),
          sample,
        )
        expectWellFormed(mutated)
      }),
      { numRuns: 10_000 },
    )
  })

  it('at random, and any JSON, never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expectWellFormed(Buffer.from(bytes))))
    fc.assert(fc.property(fc.json(), (json) => expectWellFormed(json)))
  })

  it('take time in proportion to their length', () => {
    const seconds = (body: string) => {
      const from = performance.now()
      parseHook(body)
      return performance.now() - from
    }
    for (const piece of ['a%5B', 'leads[add][][id]=1&', '&', '=', '%', 'leads[add][0][', 'a[b]]', '[']) {
      expect(seconds(piece.repeat(1_000_000 / piece.length))).toBeLessThan(3000)
    }
  })
})
