import type { Logger } from 'pino'
import type { AmoApi } from '../amocrm/amo-api.ts'
import { AmoError, type AmoErrorCode } from '../amocrm/amo-error.ts'
import type { AmoAccount, AmoFieldInfo } from '../amocrm/entities.ts'
import type { FieldInfo } from '../segmentation/facts.ts'
import type { AccountStructure } from '../store/account-record.ts'

export interface StructureParts {
  readonly api: AmoApi
  readonly account: AmoAccount
  /** As it was last read; null: never. */
  readonly known: AccountStructure | null
  readonly log: Logger
}

/**
 * Reads what surrounds the clients: pipelines with their stages, loss reasons, custom fields, users. All but the pipelines
 * give names to what stands on the cards: where the plan or the installer's rights deny them, what is known of them stays.
 */
export async function readStructure({ api, account, known, log }: StructureParts): Promise<AccountStructure> {
  const [pipelines, lossReasons, sources, users, ...fields] = await Promise.all([
    api.pipelines(),
    unlessDenied(api.lossReasons(), log),
    unlessDenied(api.sources(), log),
    unlessDenied(api.users(), log),
    ...(['lead', 'contact', 'company'] as const).map(async (entity) => {
      const read = await unlessDenied(api.customFields(LISTS[entity]), log)
      return read?.map(fieldOf(entity)) ?? known?.fields.filter((field) => field.entity === entity) ?? []
    }),
  ])
  return {
    timeZone: account.timeZone,
    currency: account.currency,
    pipelines,
    lossReasons: lossReasons ?? known?.lossReasons ?? [],
    sources: sources ?? known?.sources ?? [],
    users: users?.map(({ id, name }) => ({ id, name })) ?? known?.users ?? [],
    fields: fields.flat(),
  }
}

const LISTS = { lead: 'leads', contact: 'contacts', company: 'companies' } as const

const DENIALS: readonly AmoErrorCode[] = ['forbidden', 'payment_required', 'refused']

/** Null: amoCRM does not show it to this user, or under this plan. */
async function unlessDenied<T>(reading: Promise<T>, log: Logger): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof AmoError && DENIALS.includes(error.code))) throw error
    log.warn({ code: error.code, ...error.details }, `${error.message}; going on without it`)
    return null
  }
}

function fieldOf(entity: FieldInfo['entity']): (field: AmoFieldInfo) => FieldInfo {
  return (field) => ({ ...field, entity })
}
