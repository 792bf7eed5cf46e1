import type { TokenPair } from '../../amocrm/token-store.ts'
import { UnreadableSecretError } from '../../store/secret-box.ts'
import type { Installation } from '../open-installation.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

const DAY_MS = 86_400_000
/** amoCRM, OAuth: access lives a day, refresh three months, both from when the pair was given. */
const REFRESH_LIFE_DAYS = 90
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

const ageOf = ({ refreshToken, expiresAt }: TokenPair): Finding => {
  if (refreshToken === null) return ok('tokens', said('Долгосрочный токен на месте', 'The long-lived token is there'))
  if (expiresAt === null) return ok('tokens', said('Токены на месте', 'The tokens are there'))
  const age = Math.max(0, Math.floor((Date.now() - expiresAt + DAY_MS) / DAY_MS))
  const left = REFRESH_LIFE_DAYS - age
  const text = said(
    `Токенам ${age} дн., refresh годен ещё ${left} дн.`,
    `The tokens are ${age} days old, the refresh token is good for ${left} more`,
  )
  if (left <= 0) return fail('tokens', text, AGAIN)
  return left > FEW_DAYS
    ? ok('tokens', text)
    : warn('tokens', text, said('запустите worker: он обновит токены', 'start a worker: it renews them'))
}
