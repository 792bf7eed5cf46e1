import type { z } from 'zod'
import type { clientPageSchema, clientSchema } from '../../../../src/http/api/clients/client-schemas.ts'

/** What the API answers, as its own schemas say. */
export type ClientPageOf = z.output<typeof clientPageSchema>
export type Listed = ClientPageOf['clients'][number]
export type Client = z.output<typeof clientSchema>
export type Verdict = NonNullable<Client['verdict']>
export type Answer = Verdict['answers'][number]
export type LockedDimension = Answer['dimension']
