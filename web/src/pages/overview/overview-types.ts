import type { z } from 'zod'
import type { activeBaseSchema, sleepersSchema } from '../../../../src/http/api/overview/overview-schemas.ts'
import type { movesSchema } from '../../../../src/http/api/segments/moves-schema.ts'

/** What the API answers, as its own schemas say. */
export type ActiveBase = z.output<typeof activeBaseSchema>
export type Sleepers = z.output<typeof sleepersSchema>
export type Moves = z.output<typeof movesSchema>
export type Move = Moves['moves'][number]
