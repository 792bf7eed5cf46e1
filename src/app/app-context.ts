import type { Logger } from 'pino'
import type { ClosingStack } from '../closing-stack.ts'
import type { Config } from '../config.ts'
import type { ProgramMetrics } from '../metrics/program-metrics.ts'
import type { Keys } from '../store/keys.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { RedisConnections } from './redis-connections.ts'

/** What every part of the program is built from. */
export interface AppContext {
  readonly config: Config
  readonly keys: Keys
  readonly log: Logger
  readonly closing: ClosingStack
  readonly connections: RedisConnections
  /** Absent in a command, which nobody watches. */
  readonly metrics?: ProgramMetrics
  /** Absent: nothing is traced. */
  readonly tracing?: Tracing | undefined
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Folder of the built web app; undefined: where the build lays it. */
  readonly webRoot?: string | undefined
}

/** Whether accounts can be served: secrets can be kept, and there is a way to get them. */
export const canWork = ({ encryptionKeys, amocrm }: Config): boolean =>
  encryptionKeys.length > 0 && (amocrm.integration !== null || amocrm.longLived !== null)
