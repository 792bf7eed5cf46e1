import type { AccountFacts, FieldInfo } from '../facts.ts'
import type { FieldRef } from './shared-settings.ts'

/** The id of a field named by id or code (any case); null when the account has no field of that code. */
export const fieldIdOf = (ref: FieldRef, entity: FieldInfo['entity'], account: AccountFacts): number | null => {
  if (typeof ref === 'number') return ref
  const code = ref.toLowerCase()
  return account.fields.find((field) => field.entity === entity && field.code?.toLowerCase() === code)?.id ?? null
}
