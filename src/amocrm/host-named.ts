const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The host of an account by its present subdomain, on the domain it was met on: hosts are what the account says of
 * itself, not what an address said of it. The known host where the account says nothing usable.
 */
export function hostNamed(subdomain: string, known: string): string {
  const name = subdomain.toLowerCase()
  const dot = known.indexOf('.')
  return SUBDOMAIN.test(name) && dot > 0 ? `${name}${known.slice(dot)}` : known
}
