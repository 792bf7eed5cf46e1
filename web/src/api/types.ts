import type { z } from 'zod'
import type { accountSchema } from '../../../src/http/api/accounts/account-schemas.ts'
import type { structureSchema } from '../../../src/http/api/accounts/structure-schema.ts'
import type { healthSchema } from '../../../src/http/api/accounts/sync-route.ts'
import type { callerSchema } from '../../../src/http/api/session-route.ts'

/** What the API answers, as its own schemas say; each page adds its own beside itself. */
export type Caller = z.output<typeof callerSchema>
export type Account = z.output<typeof accountSchema>
export type AccountStructure = z.output<typeof structureSchema>
export type SyncHealth = z.output<typeof healthSchema>
