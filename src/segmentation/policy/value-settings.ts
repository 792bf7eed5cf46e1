import { z } from 'zod'
import { daysSchema, nameSchema } from './shared-settings.ts'

const ascending = (bounds: readonly number[]) =>
  bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? Number.NEGATIVE_INFINITY))

const boundsSchema = (bound: z.ZodNumber) =>
  z.array(bound).length(4).refine(ascending, { message: 'The four bounds must rise: sort them and drop equal ones' })

const rfmSchema = z.strictObject({
  recencyDays: boundsSchema(daysSchema).describe(
    'Four rising numbers of days: younger than the first scores 5, than the second 4, 3, 2; older scores 1.',
  ),
  frequency: boundsSchema(z.int().min(1)).describe(
    'Four rising counts of occasions: under the first scores 1, from the first 2, 3, 4, from the fourth 5.',
  ),
  monetary: boundsSchema(z.number().min(0)).describe(
    'Four rising sums of all purchases: under the first scores 1, from the first 2, 3, 4, from the fourth 5.',
  ),
})

const tierSchema = z.strictObject({
  label: nameSchema.describe('Name of the tier, also its tag.'),
  from: z.number().min(0).describe('Sum of purchases from which the tier is reached.'),
})

const distinct = (keys: readonly (string | number)[]) => new Set(keys).size === keys.length

/** The dimension value: tiers and RFM scores. */
export const valueSchema = z.strictObject({
  tiers: z
    .array(tierSchema)
    .max(20)
    .refine((tiers) => distinct(tiers.map((tier) => tier.label.toLowerCase())), {
      message: 'Two tiers have one label: rename one of them',
    })
    .refine((tiers) => distinct(tiers.map((tier) => tier.from)), {
      message: 'Two tiers begin at one sum: change one of them',
    })
    .default([])
    .describe('Tiers of the sum of purchases, in any order. Empty: no tiers.'),
  windowDays: daysSchema
    .nullable()
    .default(null)
    .describe('Only purchases younger than these days count for the tiers. Null: all time.'),
  rfm: rfmSchema.nullable().default(null).describe('Bounds of the scores 1-5 over all purchases. Null: no scores.'),
})

export type RfmBounds = z.infer<typeof rfmSchema>
