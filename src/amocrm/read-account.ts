import type { AmoAccount } from './entities.ts'
import { asId, asObject, asText } from './hal.ts'

/** What `readAccount` needs of GET /api/v4/account. */
export const ACCOUNT_QUERY = 'with=datetime_settings'

/**
 * The account. Time zone: `datetime_settings.timezone`; if amoCRM gives none, Europe/Moscow on `.ru` hosts (the zone
 * new accounts there begin with) and UTC elsewhere. Likewise the currency: RUB or USD.
 */
export function readAccount(json: unknown, host: string): AmoAccount {
  const account = asObject(json)
  const isRussian = host.endsWith('.ru')
  const datetime = asObject(asObject(account._embedded).datetime_settings ?? account.datetime_settings)
  const timeZone = asText(datetime.timezone)
  return {
    id: asId(account.id) ?? 0,
    name: asText(account.name),
    subdomain: asText(account.subdomain),
    currency: asText(account.currency).toUpperCase() || (isRussian ? 'RUB' : 'USD'),
    timeZone: isTimeZone(timeZone) ? timeZone : isRussian ? 'Europe/Moscow' : 'UTC',
    country: asText(account.country) || null,
  }
}

function isTimeZone(name: string): boolean {
  if (name === '') return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
