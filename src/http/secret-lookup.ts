import { createHash } from 'node:crypto'
import { ExpiringMap } from './expiring-map.ts'
import type { AccountDirectory } from './ports.ts'

const KNOWN_LIFE_MS = 30_000
const UNKNOWN_LIFE_MS = 5_000
const CAPACITY = 10_000

/**
 * Whose webhook secret this is; null: nobody's. Answers are remembered briefly, by hash, so that hooks cost Redis no
 * lookup each; strangers' guesses are kept apart and cannot push the accounts out. Failures are not remembered.
 */
export const secretLookup = (directory: AccountDirectory): ((secret: string) => Promise<number | null>) => {
  const known = new ExpiringMap<string, number>(KNOWN_LIFE_MS, CAPACITY)
  const unknown = new ExpiringMap<string, true>(UNKNOWN_LIFE_MS, CAPACITY)
  return async (secret) => {
    const hash = createHash('sha256').update(secret).digest('base64')
    const remembered = known.get(hash)
    if (remembered !== undefined) return remembered
    if (unknown.get(hash)) return null
    const accountId = await directory.bySecret(secret)
    if (accountId === null) unknown.set(hash, true)
    else known.set(hash, accountId)
    return accountId
  }
}
