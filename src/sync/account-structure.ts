import type { AmoApi } from '../amocrm/amo-api.ts'
import type { AmoAccount, AmoFieldInfo } from '../amocrm/entities.ts'
import type { FieldInfo } from '../segmentation/facts.ts'
import type { AccountStructure } from '../store/account-record.ts'

/** Reads what surrounds the clients: pipelines with their stages, loss reasons, custom fields, users. */
export async function readStructure(api: AmoApi, account: AmoAccount): Promise<AccountStructure> {
  const [pipelines, lossReasons, users, leadFields, contactFields, companyFields] = await Promise.all([
    api.pipelines(),
    api.lossReasons(),
    api.users(),
    api.customFields('leads'),
    api.customFields('contacts'),
    api.customFields('companies'),
  ])
  return {
    timeZone: account.timeZone,
    currency: account.currency,
    pipelines,
    lossReasons,
    users: users.map(({ id, name }) => ({ id, name })),
    fields: [
      ...leadFields.map(fieldOf('lead')),
      ...contactFields.map(fieldOf('contact')),
      ...companyFields.map(fieldOf('company')),
    ],
  }
}

function fieldOf(entity: FieldInfo['entity']): (field: AmoFieldInfo) => FieldInfo {
  return (field) => ({ ...field, entity })
}
