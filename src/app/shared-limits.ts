import type { SlotLimit } from '../amocrm/slot-counter.ts'
import type { AmocrmConfig } from '../config.ts'
import type { Keys } from '../store/keys.ts'

/**
 * The limit that an account shares with others beside its own, by its host: with all of this deployment where that is
 * configured, else with those of Kommo, which counts requests per IP address (Kommo, limitations). Undefined: with none.
 */
export const sharedLimits =
  (keys: Keys, { requestsPerSecond: perSecond, ratePer }: Pick<AmocrmConfig, 'requestsPerSecond' | 'ratePer'>) =>
  (host: string): SlotLimit | undefined => {
    if (ratePer === 'deployment') return { key: `${keys.root}:{deployment}:slots`, perSecond }
    return host.endsWith('.kommo.com') ? { key: `${keys.root}:{kommo}:slots`, perSecond } : undefined
  }
