import { z } from 'zod'
import { daysSchema, idSchema } from './shared-settings.ts'

const PREDICTED_LATER = 'The mode "predicted" is not available yet: choose "fixed" or "rhythm"'

const sleepingSchema = z.strictObject({
  mode: z
    .enum(['fixed', 'rhythm'], { error: (issue) => (issue.input === 'predicted' ? PREDICTED_LATER : undefined) })
    .default('fixed')
    .describe('How long a client may be silent: the same days for all, or by his own rhythm of buying.'),
  days: z.int().min(30).max(730).default(90).describe('Days of silence after which a client sleeps (mode "fixed").'),
})

const rhythmSchema = z
  .strictObject({
    minPurchases: z.int().min(2).max(100).default(3).describe('Occasions from which a client has a rhythm of his own.'),
    factor: z
      .number()
      .min(0.1)
      .max(100)
      .default(2)
      .describe("Threshold = factor × the median gap of the client's own."),
    minDays: daysSchema.default(14).describe('A rhythm never makes the threshold shorter than this.'),
    maxDays: daysSchema.default(365).describe('A rhythm never makes the threshold longer than this.'),
    quantile: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.8)
      .describe('Clients without a rhythm: this quantile of all gaps of the account, from 100 gaps on.'),
  })
  .refine((rhythm) => rhythm.minDays <= rhythm.maxDays, {
    path: ['minDays'],
    message: 'rhythm.minDays is above rhythm.maxDays: lower the first or raise the second',
  })

const regularSchema = z.strictObject({
  minPurchases: z.int().min(2).max(1_000).default(3).describe('Occasions that make a client regular.'),
  windowDays: daysSchema.default(365).describe('That many occasions must be younger than these days.'),
})

/** Thresholds of the dimensions lifecycle, temperature and standing. */
export const lifecycleSettings = {
  firstPurchaseIsNewForDays: z
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .describe('A client with one purchase stays new for so many days; 0: never.'),
  sleeping: sleepingSchema.prefault({}).describe('When a client who bought sleeps.'),
  rhythm: rhythmSchema.prefault({}).describe('The rhythm of buying, for sleeping.mode "rhythm".'),
  regular: regularSchema.prefault({}).describe('When a client is regular.'),
  junkReasons: z
    .array(idSchema)
    .max(1_000)
    .default([])
    .describe('Loss reasons that mean the lead was junk (spam, duplicate, wrong number…): ids.'),
}
