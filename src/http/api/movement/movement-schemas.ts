import { z } from 'zod'
import { STEP_NAMES } from '../../../sync/queries/movement/steps.ts'
import { instantSchema, listOf } from '../route-answers.ts'
import { sourceSchema } from '../segments/deal-filter-input.ts'

/** Figures over all deals are made now and then, not for each question. */
const asOf = instantSchema.describe('When the deals were looked at: large accounts are shown as they were moments ago.')

const period = { from: instantSchema, to: instantSchema }

export const revenueSchema = z
  .object({
    ...{ asOf, ...period },
    step: z.enum(STEP_NAMES),
    steps: listOf(
      z.object({
        day: z.iso.date().describe('First day of the step in the account’s calendar.'),
        segments: z
          .record(z.string(), z.object({ purchases: z.int(), amount: z.number() }))
          .describe('By lifecycle segment; those without purchases are left out.'),
      }),
    ).describe('Oldest first; steps without purchases too.'),
  })
  .meta({ id: 'RevenueOverTime', description: 'Purchases by segment over time.' })

const dealSum = z.object({ deals: z.int(), sum: z.number().describe('Of the budgets.') })

export const funnelSchema = z
  .object({
    asOf,
    pipelines: listOf(
      z.object({
        id: z.int(),
        name: z.string(),
        stages: listOf(
          z.object({
            id: z.int(),
            name: z.string(),
            open: dealSum,
            stuck: dealSum,
            stuckAfter: z
              .object({
                days: z.number(),
                basis: z
                  .enum(['stage', 'pipeline', 'default', 'asked'])
                  .describe(
                    '`stage`: four of five deals left this stage sooner; `pipeline`: too few have left it yet, so four of five ' +
                      'won deals of the pipeline took less as a whole; `default`: too few were won; `asked`: by `stuckDays`.',
                  ),
              })
              .describe('A deal that has stood in the stage for so long is stuck.'),
          }),
        ).describe('The open stages in their order.'),
      }),
    ),
    stuck: listOf(
      z.object({
        id: z.int(),
        pipelineId: z.int(),
        statusId: z.int(),
        price: z.number(),
        responsibleUserId: z.int(),
        source: sourceSchema,
        since: instantSchema.describe('Since when it has stood in its stage, at least.'),
      }),
    ).describe('The dearest first.'),
    total: z.object({ open: dealSum, stuck: dealSum }),
  })
  .meta({ id: 'Funnel', description: 'The open deals by stage, and which of them are stuck.' })

const figures = {
  created: z.int().describe('Deals created in the period.'),
  won: z.int().describe('Deals won in it: purchases by the policy, or in status 142.'),
  lost: z.int(),
  conversion: z.number().nullable().describe('Won among the closed, 0 to 1; null: none was closed.'),
  purchases: z.int().describe('Won deals that are purchases by the policy.'),
  revenue: z.number().describe('What the purchases brought.'),
}

export const sourcesSchema = z
  .object({
    ...{ asOf, ...period },
    sources: listOf(z.object({ source: sourceSchema, ...figures })).describe('The most revenue first.'),
    total: z.object(figures),
    losses: listOf(z.object({ id: z.int().nullable(), name: z.string().nullable(), deals: z.int() })).describe(
      'Deals lost in the period by reason; null: none was given.',
    ),
    known: listOf(sourceSchema).describe('Every source that any deal has.'),
  })
  .meta({ id: 'Sources', description: 'Conversion and revenue by where deals came from.' })
