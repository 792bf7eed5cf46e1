import type { Logger } from 'pino'
import type { ClosingStack } from '../closing-stack.ts'
import type { Config } from '../config.ts'
import type { Keys } from '../store/keys.ts'
import type { RedisConnections } from './redis-connections.ts'

/** What every part of the program is built from. */
export interface AppContext {
  readonly config: Config
  readonly keys: Keys
  readonly log: Logger
  readonly closing: ClosingStack
  readonly connections: RedisConnections
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** Whether accounts can be served: secrets can be kept, and there is a way to get them. */
export const canWork = ({ encryptionKeys, amocrm }: Config): boolean =>
  encryptionKeys.length > 0 && (amocrm.integration !== null || amocrm.longLived !== null)
