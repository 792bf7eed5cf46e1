const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const TOP_LEVEL = /^[a-z][a-z0-9-]*$/

/**
 * Whether a secret may be sent to this host: a bare DNS name under one of the suffixes, e.g. `acme.amocrm.ru` under
 * `amocrm.ru`. Ports, user info, paths, IP addresses and the bare suffix itself are not. The OAuth `referer` comes
 * from the browser, so this check stands between a forged install and the client secret.
 *
 * @param suffixes domains, with or without a leading dot or `*.`
 */
export function isAllowedHost(host: string, suffixes: readonly string[]): boolean {
  if (host.length > 253) return false
  const labels = host.toLowerCase().split('.')
  if (!labels.every((label) => LABEL.test(label)) || !TOP_LEVEL.test(labels.at(-1) ?? '')) return false
  const name = labels.join('.')
  return suffixes.some((suffix) => {
    const domain = suffix.toLowerCase().replace(/^\*?\./, '')
    return domain !== '' && name.endsWith(`.${domain}`)
  })
}
