import { z } from 'zod'
import { listOf } from '../route-answers.ts'

export const segmentsSchema = z.object({
  segments: listOf(
    z.object({
      dimension: z.string(),
      segment: z.string(),
      name: z.object({ ru: z.string(), en: z.string() }),
      clients: z.int(),
    }),
  ),
})
