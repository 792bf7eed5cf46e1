import { z } from 'zod'
import { LOST, WON } from '../facts.ts'
import { fieldRefSchema, idSchema } from './shared-settings.ts'

const purchaseStatusSchema = idSchema.refine((id) => id !== LOST, {
  message: 'Status 143 is "closed and lost" and can never be a purchase: remove it',
})

const purchasePipelineSchema = z.strictObject({
  pipelineId: idSchema.describe('Pipeline whose deals count.'),
  statusIds: z
    .array(purchaseStatusSchema)
    .min(1)
    .max(100)
    .default([WON])
    .describe('Statuses of this pipeline that count as a purchase; 142 is "won". Add earlier stages such as "paid".'),
})

/** What counts as a purchase, and when it happened. */
export const purchaseSettings = {
  purchasePipelines: z
    .array(purchasePipelineSchema)
    .max(50)
    .refine((list) => new Set(list.map((one) => one.pipelineId)).size === list.length, {
      message: 'A pipeline is listed twice: keep one entry per pipeline and put all its statuses there',
    })
    .default([])
    .describe('Pipelines and statuses that count as purchases. Empty: status 142 "won" of every pipeline.'),
  purchaseDateField: fieldRefSchema
    .nullable()
    .default(null)
    .describe('Date field of the deal (id or code) that dates a purchase where closed_at cannot. Null: none.'),
  minPrice: z.number().min(0).default(0).describe('Smallest price of a purchase; a missing price counts as 0.'),
  mergeSameDay: z
    .boolean()
    .default(true)
    .describe("Purchases of one calendar day in the account's time zone are one occasion."),
}
