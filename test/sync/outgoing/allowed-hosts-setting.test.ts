import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'

const allowed = (text: string) => parseConfig({ WEBHOOK_ALLOWED_HOSTS: text }).webhookAllowedHosts

describe('WEBHOOK_ALLOWED_HOSTS', () => {
  it('takes names, addresses and ranges', () => {
    expect(allowed(' CRM.internal, 10.1.0.0/16,192.168.7.7 , fd00:5::/32,::1,redis')).toEqual([
      ...['crm.internal', '10.1.0.0/16', '192.168.7.7', 'fd00:5::/32', '::1', 'redis'],
    ])
  })

  it('is empty unless it is set', () => {
    expect(parseConfig({}).webhookAllowedHosts).toEqual([])
  })

  it.each(['http://crm.internal', 'crm.internal:8080', '10.1.0.0/33', '10.1.0', '127.1', '*.internal', 'a b'])(
    'refuses %s, by its name',
    (entry) => {
      expect(() => allowed(entry)).toThrow(/WEBHOOK_ALLOWED_HOSTS must be host names, addresses or ranges/)
    },
  )
})
