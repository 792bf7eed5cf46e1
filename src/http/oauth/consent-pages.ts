import type { AmocrmConfig, IntegrationCredentials } from '../../config.ts'

/** One of the two services an integration may be installed in, by the name people know it by. */
export interface ConsentPage {
  readonly name: 'amoCRM' | 'Kommo'
  /** Origin of the page that asks for consent. */
  readonly origin: string
}

const isKommo = (domain: string): boolean => domain === 'kommo.com' || domain.endsWith('.kommo.com')

/** Where people agree to an installation: on the first domain of each service that is allowed; in trials at its origin. */
export const consentPages = ({ allowedHosts, apiOrigin }: AmocrmConfig): readonly [ConsentPage, ...ConsentPage[]] => {
  const amocrm = allowedHosts.find((domain) => !isKommo(domain))
  const kommo = allowedHosts.find(isKommo)
  const page = (name: ConsentPage['name'], domain: string): ConsentPage => ({
    name,
    origin: apiOrigin ?? `https://www.${domain}`,
  })
  if (amocrm === undefined) return [page('Kommo', kommo ?? 'kommo.com')]
  const first = page('amoCRM', amocrm)
  // A trial has one platform, whatever it is called.
  return kommo === undefined || apiOrigin !== null ? [first] : [first, page('Kommo', kommo)]
}

/** The address on which a person agrees (amoCRM, "OAuth step by step"). */
export const consentAddress = ({ origin }: ConsentPage, { clientId }: IntegrationCredentials, state: string): string =>
  `${origin}/oauth?${new URLSearchParams({ client_id: clientId, state, mode: 'popup' })}`

/**
 * Where an installation begins: beside the callback, whose host is the one that gets the browser's cookie back, whatever
 * address the start page was opened at.
 */
export const beginAddress = ({ redirectUri }: IntegrationCredentials): string => new URL('install', redirectUri).href
