import { describe, expect, it } from 'vitest'
import { createLogger } from '../src/logger.ts'

const logged = (write: (logger: ReturnType<typeof createLogger>) => void, level = 'debug') => {
  const lines: string[] = []
  write(createLogger(level, { write: (line: string) => void lines.push(line) }))
  return lines
}

const one = (...args: Parameters<typeof logged>): Record<string, unknown> => JSON.parse(logged(...args)[0] ?? '{}')

const SECRET = 'def50200a1b2c3d4e5f60718293a4b5c6d7e8f90'
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJhY2NvdW50X2lkIjo1fQ.c2lnbmF0dXJl'

describe('what never reaches the log', () => {
  it.each<[string, unknown, string]>([
    ['a token by its name', { accessToken: SECRET }, SECRET],
    ['a token deep inside', { answer: { body: { refresh_token: SECRET } } }, SECRET],
    ['a client secret', { body: { client_secret: SECRET, client_id: 'kept' } }, SECRET],
    ['an authorization code', { query: { code: SECRET } }, SECRET],
    ['an authorization header', { headers: { authorization: `Bearer ${JWT}` } }, JWT],
    ['a cookie', { headers: { 'set-cookie': 'sid=12345' } }, '12345'],
    ['a password with a quote in it', { password: 'one"two\\three' }, 'two'],
    ['a token in the middle of a text', { note: `sent Bearer ${SECRET} to amoCRM` }, SECRET],
    ['a JWT anywhere', { note: `got ${JWT}` }, JWT],
    ['JSON repeated inside a text', { answer: JSON.stringify({ access_token: SECRET, expires_in: 86400 }) }, SECRET],
    ['JSON inside JSON', { answer: JSON.stringify({ body: JSON.stringify({ refresh_token: SECRET }) }) }, SECRET],
    ['a code in an address', { url: `/oauth/callback?code=${SECRET}&referer=a.amocrm.ru` }, SECRET],
    ['a webhook secret in an address', { url: `/hooks/${SECRET}` }, SECRET],
    ['the password of a Redis address', { at: 'rediss://user:hunter2@redis:6379' }, 'hunter2'],
    ['an e-mail address', { note: 'client ivan.petrov@example.com asks' }, 'ivan.petrov'],
    ['a phone by its name', { phone: '555-12' }, '555-12'],
    ['a phone with a plus', { note: 'call +7 (916) 123-45-67 now' }, '123-45-67'],
    ['a phone without a plus', { note: 'call 89161234567' }, '89161234567'],
  ])('%s', (_, fields, secret) => {
    const [line] = logged((logger) => logger.warn(fields as object, 'said'))
    expect(line).not.toContain(secret)
    expect(JSON.parse(line ?? '')).toMatchObject({ msg: 'said' })
  })

  it('an error’s message and stack', () => {
    const error = new Error(`refused: {"refresh_token":"${SECRET}"} for ivan@example.com`)
    const [line] = logged((logger) => logger.error({ err: error }, 'failed'))
    expect(line).not.toContain(SECRET)
    expect(line).not.toContain('ivan@')
    expect(JSON.parse(line ?? '')).toMatchObject({ err: { type: 'Error' } })
  })
})

describe('what stays in the log', () => {
  it('ids, instants, error codes and hosts', () => {
    const fields = {
      accountId: 31_234_567,
      dealId: 79_161_234_567,
      at: 1_790_000_000_000,
      code: 'FST_ERR_VALIDATION_OF_SOMETHING',
      host: 'a.amocrm.ru',
      took: 12.5,
    }
    expect(one((logger) => logger.info(fields, 'deal 17 of account 5'))).toMatchObject({
      ...fields,
      msg: 'deal 17 of account 5',
    })
  })
})

describe('createLogger', () => {
  it('names the level and keeps those below it out', () => {
    expect(one((logger) => logger.warn('off the norm'))).toMatchObject({ level: 'warn' })
    expect(logged((logger) => logger.debug('inside'), 'info')).toEqual([])
  })
})
