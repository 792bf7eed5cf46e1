import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../src/amocrm/amo-http.ts'
import { PATIENCE, pauseBefore, restAskedFor, ruleFor } from '../../src/amocrm/retry-table.ts'

type Answer = Extract<Exchange, { type: 'answer' }>
const answer = (status: number, parts: Partial<Answer> = {}): Answer => ({
  type: 'answer',
  status,
  form: 'json',
  json: {},
  excerpt: '',
  retryAfter: null,
  ...parts,
})
const HTML = { form: 'html', json: undefined } as const

describe('an exchange that succeeded', () => {
  it.each([
    ['200 with JSON', answer(200)],
    ['204', answer(204, { form: 'empty', json: undefined })],
    ['202', answer(202, { form: 'empty', json: undefined })],
  ])('%s needs nothing', (_, exchange) => {
    expect(ruleFor(exchange)).toBeNull()
  })

  it('may have any body where none is looked at', () => {
    expect(ruleFor(answer(202, HTML), false)).toBeNull()
    expect(ruleFor(answer(202, HTML))).toMatchObject({ remedy: 'repeat', code: 'unavailable' })
  })
})

describe('what is done about', () => {
  it.each<[string, Exchange, string, string]>([
    ['301', answer(301), 'seek', 'refused'],
    ['400', answer(400), 'give_up', 'refused'],
    ['401', answer(401), 'new_token', 'unauthorized'],
    ['402', answer(402), 'give_up', 'payment_required'],
    ['403 in JSON', answer(403), 'give_up', 'forbidden'],
    ['403 without a body', answer(403, { form: 'empty', json: undefined }), 'give_up', 'forbidden'],
    ['403 in HTML', answer(403, HTML), 'close', 'blocked'],
    ['404', answer(404), 'give_up', 'refused'],
    ['404 without a body', answer(404, { form: 'empty', json: undefined }), 'give_up', 'refused'],
    ['404 in HTML', answer(404, HTML), 'seek', 'refused'],
    ['405', answer(405), 'give_up', 'refused'],
    ['422', answer(422), 'give_up', 'refused'],
    ['429', answer(429), 'slow_down', 'rate_limited'],
    ['429 in HTML', answer(429, HTML), 'slow_down', 'rate_limited'],
    ['500', answer(500), 'repeat', 'unavailable'],
    ['502 in HTML', answer(502, HTML), 'repeat', 'unavailable'],
    ['504', answer(504, HTML), 'smaller', 'unavailable'],
    ['200 in HTML', answer(200, HTML), 'repeat', 'unavailable'],
    ['200 with broken JSON', answer(200, { json: undefined }), 'repeat', 'unavailable'],
    ['no connection', { type: 'failure', kind: 'unsent', why: '' }, 'repeat_always', 'unavailable'],
    ['a broken connection', { type: 'failure', kind: 'network', why: '' }, 'repeat', 'unavailable'],
    ['silence', { type: 'failure', kind: 'timeout', why: '' }, 'smaller', 'unavailable'],
    ['an answer too large', { type: 'failure', kind: 'too_large', why: '' }, 'smaller', 'unavailable'],
  ])('%s', (_, exchange, remedy, code) => {
    expect(ruleFor(exchange)).toMatchObject({ remedy, code })
  })
})

describe('pauses', () => {
  it('double up to the longest, half of each by chance', () => {
    const longest = [1, 2, 3, 4, 5, 6, 20].map((attempt) => pauseBefore(attempt, PATIENCE, () => 1))
    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000])
    expect(pauseBefore(1, PATIENCE, () => 0)).toBe(250)
  })

  it.each<[string, Exchange, number]>([
    ['a header in seconds', answer(429, { retryAfter: '3' }), 3000],
    ['a header with a date', answer(429, { retryAfter: 'Thu, 01 Jan 1970 00:00:15 GMT' }), 5000],
    ['a past date', answer(429, { retryAfter: 'Thu, 01 Jan 1970 00:00:01 GMT' }), 0],
    ['the body', answer(429, { json: { retry_after: 300 } }), 300_000],
    ['nonsense', answer(429, { retryAfter: 'soon', json: { retry_after: 'later' } }), 0],
    ['nothing', answer(429, { json: null }), 0],
    ['a failure', { type: 'failure', kind: 'timeout', why: '' }, 0],
  ])('asked for by %s', (_, exchange, ms) => {
    expect(restAskedFor(exchange, 10_000)).toBe(ms)
  })
})
