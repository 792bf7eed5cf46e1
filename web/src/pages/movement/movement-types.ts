import type { z } from 'zod'
import type { funnelSchema, revenueSchema, sourcesSchema } from '../../../../src/http/api/movement/movement-schemas.ts'
import type { movesSchema } from '../../../../src/http/api/segments/moves-schema.ts'

/** What the API answers, as its own schemas say. */
export type Funnel = z.output<typeof funnelSchema>
export type FunnelPipeline = Funnel['pipelines'][number]
export type FunnelStage = FunnelPipeline['stages'][number]
export type StuckDeal = Funnel['stuck'][number]
export type Revenue = z.output<typeof revenueSchema>
export type Sources = z.output<typeof sourcesSchema>
export type SourceFigures = Sources['sources'][number]
export type Moves = z.output<typeof movesSchema>
export type Move = Moves['moves'][number]
