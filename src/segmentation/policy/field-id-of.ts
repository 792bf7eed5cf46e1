import type { AccountFacts, FieldInfo } from '../facts.ts'
import type { FieldRef } from './shared-settings.ts'

/**
 * The id of an entity's field named by id or code (any case); null when the account's entities of that kind have no such
 * field. An id the account does not know at all is taken as it is: its list of fields may be older.
 */
export const fieldIdOf = (ref: FieldRef, entity: FieldInfo['entity'], account: AccountFacts): number | null => {
  if (typeof ref === 'number') {
    const known = account.fields.filter((field) => field.id === ref)
    return known.length === 0 || known.some((field) => field.entity === entity) ? ref : null
  }
  const code = ref.toLowerCase()
  return account.fields.find((field) => field.entity === entity && field.code?.toLowerCase() === code)?.id ?? null
}
