import { describe, expect, it } from 'vitest'
import { policySchema } from '../../../src/segmentation/policy.ts'
import { AddressGuard } from '../../../src/sync/outgoing/address-guard.ts'
import { checkWebhookAddresses } from '../../../src/sync/outgoing/check-webhook-addresses.ts'

const strict = new AddressGuard([])

const NOT_PUBLIC = [
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192', '198.18.0.1', '203.0.113.5', '224.0.0.1'],
  ...['240.0.0.1', '255.255.255.255', '168.63.129.16'],
  ...['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::'],
  ...['2001::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '2001:db8::1', '4000::1'],
  ...['', 'localhost', '127.1', 'no address'],
]

describe('an address that is not for the public', () => {
  it.each(NOT_PUBLIC)('%s is out of reach', (address) => {
    expect(strict.mayReach('hooks.example.com', address)).toBe(false)
  })
})

describe('an address for everybody', () => {
  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is in reach',
    (address) => {
      expect(strict.mayReach('hooks.example.com', address)).toBe(true)
    },
  )
})

describe('what the operator names', () => {
  const guard = new AddressGuard(['crm.internal', '10.1.0.0/16', '192.168.7.7', 'fd00:5::/32'])

  it.each([
    ['crm.internal', '10.9.9.9', true],
    ['CRM.Internal.', '127.0.0.1', true],
    ['evil.crm.internal', '10.9.9.9', false],
    ['crm.internal.evil.example', '10.9.9.9', false],
    ['hooks.example.com', '10.1.255.1', true],
    ['hooks.example.com', '::ffff:10.1.255.1', true],
    ['hooks.example.com', '10.2.0.1', false],
    ['192.168.7.7', '192.168.7.7', true],
    ['192.168.7.8', '192.168.7.8', false],
    ['hooks.example.com', 'fd00:5::9', true],
    ['hooks.example.com', 'fd00:6::9', false],
  ])('%s at %s: %s', (host, address, expected) => {
    expect(guard.mayReach(host, address)).toBe(expected)
  })
})

describe('a policy', () => {
  const said = (url: string, guard = strict) => {
    const actions = [{ dimension: 'lifecycle', to: ['new'], actions: [{ id: 'tell', type: 'webhook', url }] }]
    const { errors, warnings } = checkWebhookAddresses(policySchema.parse({ actions }), guard)
    return { errors: errors.map(({ path }) => path), warnings: warnings.map(({ path }) => path) }
  }
  const PATH = 'actions[0].actions[0].url'

  it.each([
    ...['http://127.0.0.1/', 'https://127.0.0.1:8443/x', 'http://127.1/', 'http://2130706433/', 'http://0x7f000001/'],
    ...['http://0177.0.0.1/', 'http://127.0.0.1./', 'http://①②⑦.0.0.1/', 'http://169.254.169.254/latest/meta-data'],
    ...['http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:a9fe:a9fe]/', 'http://[fd00::1]/', 'http://0/'],
    ...['http://localhost:6379/', 'http://LOCALHOST./', 'http://api.localhost/', 'http://user@127.0.0.1/'],
  ])('that calls %s is refused', (url) => {
    expect(said(url)).toEqual({ errors: [PATH], warnings: [] })
  })

  it.each(['http://redis:6379/', 'https://crm.internal/', 'https://nas.local/x', 'https://box.home.arpa/'])(
    'that calls %s is warned of',
    (url) => {
      expect(said(url)).toEqual({ errors: [], warnings: [PATH] })
    },
  )

  it.each(['https://hooks.example.com/x', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])('may call %s', (url) => {
    expect(said(url)).toEqual({ errors: [], warnings: [] })
  })

  it('may call what the operator named', () => {
    const guard = new AddressGuard(['localhost', '10.1.0.0/16', 'crm.internal'])
    for (const url of ['http://localhost:9/', 'http://10.1.2.3/', 'https://crm.internal/'])
      expect(said(url, guard)).toEqual({ errors: [], warnings: [] })
  })
})
