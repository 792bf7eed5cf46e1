import { z } from 'zod'
import { LIFECYCLE_SEGMENTS, STANDING_SEGMENTS, TEMPERATURE_SEGMENTS } from '../verdict.ts'
import { entryActionSchema } from './entry-action.ts'
import { nameSchema } from './shared-settings.ts'

const segments = (one: z.ZodType<string>) => ({
  from: z.array(one).max(20).default([]).describe('Segments he comes from. Empty: any, and none.'),
  to: z.array(one).max(20).default([]).describe('Segments he enters. Empty: any.'),
  actions: z.array(entryActionSchema).min(1).max(20).describe('What is then done, in this order.'),
})

const transition = <Name extends string>(dimension: Name, one: z.ZodType<string>) =>
  z.strictObject({ dimension: z.literal(dimension).describe('The dimension watched.'), ...segments(one) })

/** Actions on entry into a segment of a dimension. Rules bring their own actions. */
export const transitionSchema = z.discriminatedUnion('dimension', [
  transition('lifecycle', z.enum(LIFECYCLE_SEGMENTS)),
  transition('temperature', z.enum(TEMPERATURE_SEGMENTS)),
  transition('standing', z.enum(STANDING_SEGMENTS)),
  transition('value', nameSchema),
])

export type TransitionActions = z.infer<typeof transitionSchema>
