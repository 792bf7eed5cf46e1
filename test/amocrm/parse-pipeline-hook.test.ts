import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePipelineHook } from '../../src/amocrm/parse-pipeline-hook.ts'

const body = (more: Record<string, unknown> = {}, data: Record<string, unknown> = {}) => ({
  event: {
    ...{ type: 14, type_code: 'lead_status_changed', time: 1_790_000_000 },
    data: { id: 17, element_type: 2, status_id: 142, pipeline_id: 3, ...data },
    ...more,
  },
  action: { settings: { widget: { settings: { mode: 'act', segment: 'tier:Золото', key: 'k'.repeat(43) } } } },
  subdomain: 'acme',
  account_id: '5',
})

/** As PHP writes nested values into a form. */
const form = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => form(inner, path === '' ? key : `${path}[${key}]`))
    : [`${encodeURIComponent(path)}=${encodeURIComponent(String(value))}`]

describe('a call of our action in the Digital Pipeline', () => {
  it.each([
    ['JSON', JSON.stringify(body()), 'application/json'],
    ['a form', form(body()).join('&'), 'application/x-www-form-urlencoded'],
    ['JSON under a wrong name', JSON.stringify(body()), 'text/plain'],
  ])('is read as %s', (_, text, type) => {
    const { settings, ...hook } = parsePipelineHook(text, type)
    expect(hook).toEqual({ accountId: '5', dealId: 17, incoming: false, at: 1_790_000_000 })
    expect(Object.fromEntries(settings)).toEqual({ mode: 'act', segment: 'tier:Золото', key: 'k'.repeat(43) })
  })

  it.each([
    ['a mail', { type: 16, type_code: 'mail_in' }],
    ['a call', { type: 17, type_code: 'call_in' }],
    ['a message', { type: 19, type_code: 'chat' }],
  ])('set off by %s says that the client wrote or called', (_, more) => {
    expect(parsePipelineHook(JSON.stringify(body(more)))).toMatchObject({ dealId: 17, incoming: true })
  })

  it('about a customer is about no deal', () => {
    expect(parsePipelineHook(JSON.stringify(body({}, { element_type: 12 }))).dealId).toBeNull()
  })

  it('may lack everything, and never throws', () => {
    const nothing = { accountId: null, dealId: null, incoming: false, at: null, settings: new Map() }
    for (const text of ['', '{}', '[]', 'null', '{"event":', 'a[b][=1', '{"action":{"settings":[]}}'])
      expect(parsePipelineHook(text)).toEqual(nothing)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parsePipelineHook(Buffer.from(bytes))))
  })
})
