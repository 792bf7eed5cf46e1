import { describe, expect, it } from 'vitest'
import { isAllowedHost } from '../../src/amocrm/allowed-host.ts'

const SUFFIXES = ['amocrm.ru', '.amocrm.com', '*.kommo.com']

describe('a host that secrets may go to', () => {
  it.each(['acme.amocrm.ru', 'ACME.amoCRM.ru', 'api-b.amocrm.com', 'a.b.kommo.com', 'x--1.amocrm.ru'])('%s', (host) => {
    expect(isAllowedHost(host, SUFFIXES)).toBe(true)
  })

  it.each([
    'amocrm.ru',
    'evilamocrm.ru',
    'acme.amocrm.ru.evil.com',
    'acme.amocrm.ru:8080',
    'user@acme.amocrm.ru',
    'acme.amocrm.ru/x',
    'acme.amocrm.ru?x',
    'acme.amocrm.ru#x',
    'https://acme.amocrm.ru',
    'evil.com\\.amocrm.ru',
    'acme.amocrm.ru.',
    '.amocrm.ru',
    'a..amocrm.ru',
    '-a.amocrm.ru',
    ' acme.amocrm.ru',
    'acme.amocrm.ru\n',
    'а.amocrm.ru',
    '127.0.0.1',
    '[::1]',
    'localhost',
    '',
    `${'a'.repeat(250)}.amocrm.ru`,
  ])('is not %j', (host) => {
    expect(isAllowedHost(host, SUFFIXES)).toBe(false)
  })

  it('is none without suffixes, and never an address', () => {
    expect(isAllowedHost('acme.amocrm.ru', [])).toBe(false)
    expect(isAllowedHost('acme.amocrm.ru', ['', '.'])).toBe(false)
    expect(isAllowedHost('1.127.0.0.1', ['0.0.1'])).toBe(false)
  })
})
