import type { Logger } from 'pino'
import { ConfigError } from '../config/config-error.ts'
import { UnreadableSecretError } from '../store/secret-box.ts'
import type { Stores } from './open-stores.ts'

/**
 * Puts every stored secret under the newest key, so that after a rotation the old key can be taken away. Secrets that no
 * key opens are left, and reported.
 *
 * @throws ConfigError when no key opens any of them: work with a wrong key would only add secrets under it.
 */
export const renewSeals = async (
  { accounts, vault }: Pick<Stores, 'accounts' | 'vault'>,
  log: Logger,
): Promise<void> => {
  const ids = await accounts.ids()
  const unreadable: number[] = []
  let renewed = 0
  for (const id of ids) {
    try {
      renewed += await accounts.renewSeals(id)
      if (await vault.renewSeal(id)) renewed++
    } catch (error) {
      if (!(error instanceof UnreadableSecretError)) throw error
      unreadable.push(id)
    }
  }
  if (renewed > 0) log.info({ renewed }, 'stored secrets are now under the newest ENCRYPTION_KEY')
  if (unreadable.length === 0) return
  if (unreadable.length === ids.length) throw new ConfigError([{ variable: 'ENCRYPTION_KEY', advice: ADVICE }])
  log.error(
    { accountIds: unreadable },
    'no key opens the secrets of these accounts; add the one they were stored with: ENCRYPTION_KEY=new,old',
  )
}

const ADVICE =
  'opens none of the secrets stored in this Redis; set the key they were stored with, or both as `new,old` to rotate'
