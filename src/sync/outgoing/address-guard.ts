import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Range = ReturnType<typeof ipaddr.parseCIDR>

/** Names that never leave the machine or its network, whatever answers for them (RFC 6761, 6762, 8375, 9476). */
const LOCAL_NAME = /(?:^|\.)localhost$/
const INNER_NAME = /^[^.]+$|\.(?:local|internal|lan|intranet|home\.arpa)$/

/** Addresses with which a cloud answers its own machines although they look public: Azure's. */
const PLATFORM = new Set(['168.63.129.16'])

/** An outgoing request to an address that is not for the public; what it was to do is not done. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
  readonly code = 'forbidden_address'

  /** @param address what the host's name stood for; the host itself where it is an address. */
  constructor(host: string, address: string) {
    const found = host === address ? host : `${host} (${address})`
    super(`${found} is not a public address; WEBHOOK_ALLOWED_HOSTS can name it`)
  }
}

/**
 * Which addresses outgoing webhooks may reach: public ones, and those the operator names. Without it whoever may edit a
 * policy could have the service call what only stands in its own network (server-side request forgery).
 */
export class AddressGuard {
  readonly #names: ReadonlySet<string>
  readonly #ranges: readonly Range[]

  /** @param allowed host names, addresses and ranges (`10.1.0.0/16`) that may be reached although they are private. */
  constructor(allowed: readonly string[]) {
    this.#names = new Set(allowed.filter((entry) => rangeOf(entry) === null))
    this.#ranges = allowed.map(rangeOf).filter((range) => range !== null)
  }

  /** Whether a connection to this address may be made for the sake of this host. */
  mayReach(host: string, address: string): boolean {
    return this.#names.has(plainHost(host)) || isPublic(address) || this.#isInRange(address)
  }

  /**
   * What is known of a host before its name is looked up. `forbidden`: an address that may not be reached, or a name of
   * the machine itself. `doubtful`: a name as only private networks give them. `open`: nothing speaks against it.
   */
  outlook(host: string): 'open' | 'doubtful' | 'forbidden' {
    const plain = plainHost(host)
    if (this.#names.has(plain)) return 'open'
    if (isIP(plain) !== 0) return this.mayReach(plain, plain) ? 'open' : 'forbidden'
    if (LOCAL_NAME.test(plain)) return 'forbidden'
    return INNER_NAME.test(plain) ? 'doubtful' : 'open'
  }

  #isInRange(address: string): boolean {
    if (isIP(address) === 0) return false
    const parsed = ipaddr.process(address)
    return this.#ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))
  }
}

/** A host as `URL` tells it, without the brackets of IPv6 and the dot that ends a full name. */
export const plainHost = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '')

/** An address is a range of one. Null: a name. */
const rangeOf = (entry: string): Range | null => {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  if (isIP(entry) === 0) return null
  const address = ipaddr.process(entry)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** IPv6 has one block for everybody; whatever wraps an IPv4 address (mapped, NAT64, 6to4, Teredo) is no way around. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

const isPublic = (address: string): boolean => {
  if (isIP(address) === 0 || PLATFORM.has(address)) return false
  const parsed = ipaddr.process(address)
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6))
}
