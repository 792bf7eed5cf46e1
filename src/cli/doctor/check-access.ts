import type { TokenPair } from '../../amocrm/token-store.ts'
import { UnreadableSecretError } from '../../store/secret-box.ts'
import { lifeOf } from '../../sync/queries/token-life.ts'
import type { Installation } from '../open-installation.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

const DAY_S = 86_400
/** Idle accounts are refreshed long before. */
const FEW_DAYS = 14

const AGAIN = said(
  'подключите аккаунт заново: кнопка «Установить» на стартовой странице или в amoCRM',
  'connect the account anew: the button "Install" on the start page or in amoCRM',
)

/** Whether the account's tokens can be read, and for how long they are good. */
export const checkAccess = async (id: number, { stores }: Installation): Promise<Finding> => {
  try {
    const pair = await stores.vault.readTokens(id)
    return pair === null ? fail('tokens', said('Токенов нет', 'There are no tokens'), AGAIN) : ageOf(pair)
  } catch (error) {
    if (!(error instanceof UnreadableSecretError)) throw error
    return fail(
      'tokens',
      said('Токены не расшифровываются', 'The tokens cannot be decrypted'),
      said(
        'добавьте прежний ключ в ENCRYPTION_KEY через запятую («новый,старый») или подключите аккаунт заново',
        'add the former key to ENCRYPTION_KEY after a comma ("new,old"), or connect the account anew',
      ),
    )
  }
}

const ageOf = (pair: TokenPair): Finding => {
  const { kind, givenAt, refreshUntil } = lifeOf(pair)
  if (kind === 'long_lived') return ok('tokens', said('Долгосрочный токен на месте', 'The long-lived token is there'))
  if (givenAt === null || refreshUntil === null) return ok('tokens', said('Токены на месте', 'The tokens are there'))
  const now = Date.now() / 1000
  const age = Math.max(0, Math.floor((now - givenAt) / DAY_S))
  const left = Math.ceil((refreshUntil - Math.max(now, givenAt)) / DAY_S)
  const text = said(
    `Токенам ${age} дн., refresh годен ещё ${left} дн.`,
    `The tokens are ${age} days old, the refresh token is good for ${left} more`,
  )
  if (left <= 0) return fail('tokens', text, AGAIN)
  return left > FEW_DAYS
    ? ok('tokens', text)
    : warn('tokens', text, said('запустите worker: он обновит токены', 'start a worker: it renews them'))
}
