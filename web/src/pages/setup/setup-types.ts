import type { z } from 'zod'
import type { removedSchema } from '../../../../src/http/api/accounts/removed-schema.ts'
import type { serviceSchema } from '../../../../src/http/api/service/service-route.ts'

/** What the API answers, as its own schemas say. */
export type Removed = z.output<typeof removedSchema>
export type Service = z.output<typeof serviceSchema>
