import { z } from 'zod'
import { fieldRefSchema, idSchema, nameSchema } from './shared-settings.ts'

const writing = (tags: boolean) => ({
  clientTags: z.boolean().default(tags).describe('Write the tag of the segment on the client.'),
  dealTags: z.boolean().default(tags).describe('Write the tag of the segment on each open deal of the client.'),
  field: fieldRefSchema
    .nullable()
    .default(null)
    .describe('Select field of the client (id or code) that shows the segment. Null: none.'),
})

const optionalName = (segment: string) => nameSchema.optional().describe(`Name of the segment "${segment}".`)

const NAMES = 'Names of segments as tags and in texts, where they differ from the labels of the language.'

const lifecycleTarget = z.strictObject({
  ...writing(true),
  names: z
    .strictObject({
      new: optionalName('new'),
      one_time: optionalName('one_time'),
      periodic: optionalName('periodic'),
      regular: optionalName('regular'),
      sleeping: optionalName('sleeping'),
    })
    .prefault({})
    .describe(NAMES),
})

const temperatureTarget = z.strictObject({
  ...writing(true),
  names: z
    .strictObject({ hot: optionalName('hot'), warm: optionalName('warm'), cold: optionalName('cold') })
    .prefault({})
    .describe(NAMES),
})

const standingTarget = z.strictObject({
  ...writing(true),
  names: z
    .strictObject({
      in_work: optionalName('in_work'),
      low_quality: optionalName('low_quality'),
      refused: optionalName('refused'),
    })
    .prefault({})
    .describe(NAMES),
})

const valueTarget = z.strictObject(writing(false))

/** What of each dimension is written to amoCRM. */
export const targetsSchema = z.strictObject({
  lifecycle: lifecycleTarget.prefault({}).describe('Writes of the dimension lifecycle.'),
  temperature: temperatureTarget.prefault({}).describe('Writes of the dimension temperature.'),
  standing: standingTarget.prefault({}).describe('Writes of the dimension standing.'),
  value: valueTarget.prefault({}).describe('Writes of the dimension value: the tier by its label.'),
})

const OPEN_STATUS = 'A card never stands in 142 or 143: choose an open stage of the client-base pipeline'

const cardStatus = (segment: string) =>
  idSchema
    .refine((id) => id !== 142 && id !== 143, { message: OPEN_STATUS })
    .optional()
    .describe(`Status of the card of a client who is "${segment}"; absent: the card is left where it is.`)

/** The client's card: one open deal in the client-base pipeline. */
export const cardSchema = z.strictObject({
  pipelineId: idSchema.describe('The client-base pipeline.'),
  statuses: z
    .strictObject({
      new: cardStatus('new'),
      one_time: cardStatus('one_time'),
      periodic: cardStatus('periodic'),
      regular: cardStatus('regular'),
      sleeping: cardStatus('sleeping'),
    })
    .describe('Status of that pipeline per lifecycle segment.'),
  createCard: z.boolean().default(false).describe('Create the card of a client who has none.'),
})
