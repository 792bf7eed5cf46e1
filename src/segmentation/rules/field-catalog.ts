import type { AccountFacts, FieldInfo } from '../facts.ts'
import { type CatalogEntry, isTimeDependent } from './fact-catalog.ts'
import { FACT_TYPES, type FactTraits } from './fact-types.ts'
import { daysUntilField, fieldFact } from './field-facts.ts'
import { localDays } from './local-days.ts'

/** A custom field as a fact of a rule builder. */
export interface FieldEntry extends CatalogEntry {
  readonly field: Pick<FieldInfo, 'entity' | 'id' | 'code' | 'name'>
  /** What can be chosen, of select fields. */
  readonly options?: FieldInfo['enums']
}

const entry = ({ entity, id, code, name, enums }: FieldInfo, suffix: string, traits: FactTraits): FieldEntry => ({
  name: `field:${id}${suffix}`,
  of: entity === 'lead' ? 'deal' : 'client',
  type: traits.type,
  ops: FACT_TYPES[traits.type].ops,
  meaning: traits.meaning,
  timeDependent: isTimeDependent(traits),
  field: { entity, id, code, name },
  ...(traits.type === 'option' ? { options: enums } : {}),
})

/** Every custom field of an account as a fact, and of its dates the days until them. */
export const fieldCatalog = (account: Pick<AccountFacts, 'fields' | 'timeZone'>): readonly FieldEntry[] => {
  const days = localDays(account.timeZone)
  return account.fields.flatMap((field) => {
    const until = daysUntilField([field], days)
    return [entry(field, '', fieldFact([field], days)), ...(until === null ? [] : [entry(field, '.daysUntil', until)])]
  })
}
