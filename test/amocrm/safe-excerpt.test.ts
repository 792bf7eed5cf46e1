import { describe, expect, it } from 'vitest'
import { safeExcerpt } from '../../src/amocrm/safe-excerpt.ts'

const problem = (body: object, status = 400) => safeExcerpt(status, body, JSON.stringify(body))

describe('of an answer the log gets', () => {
  it('what amoCRM says of the request', () => {
    const errors = [{ code: 'NotSupportedChoice', path: 'tags_to_add', detail: 'The field is not a valid choice.' }]
    expect(
      problem({
        ...{ title: 'Bad Request', status: 400, detail: 'Request validation failed' },
        'validation-errors': [{ request_id: '0', errors }],
      }),
    ).toMatch(
      /^Bad Request; .*Request validation failed; tags_to_add NotSupportedChoice The field is not a valid choice\.$/,
    )
  })

  it.each([
    ['a name in quotes', { detail: 'Contact "Anna Ivanova" is locked' }, 'Anna'],
    ['a name in another alphabet', { detail: 'Contact Анна Иванова is locked' }, 'Иванова'],
    ['a field of a card', { name: 'Anna Ivanova', phone: '555', title: 'Conflict' }, 'Anna'],
    ['a value that was sent', { 'validation-errors': [{ errors: [{ code: 'Bad', value: 'Anna Ivanova' }] }] }, 'Anna'],
  ])('never %s', (_, body, personal) => {
    expect(problem(body)).not.toContain(personal)
  })

  it('names of fields in quotes', () => {
    expect(problem({ detail: 'The key "tags_to_add" is unknown' })).toContain('tags_to_add')
  })

  it('nothing of a success, which holds clients, however broken', () => {
    expect(safeExcerpt(200, undefined, '{"_embedded":{"contacts":[{"name":"Anna Iva')).toBe('')
  })

  it('the title of a page', () => {
    const page = '<html><head><title>403 Forbidden</title></head><body>Hello, Anna</body></html>'
    expect(safeExcerpt(403, undefined, page)).toBe('403 Forbidden')
  })

  it('of other texts the words, shortened', () => {
    expect(safeExcerpt(500, undefined, `upstream failed ${'x'.repeat(9_000)}`)).toHaveLength(500)
  })
})
