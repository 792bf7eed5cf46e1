import { z } from 'zod'
import type { FoundMatch } from '../../../sync/queries/rule-matches.ts'
import { clientRefSchema } from '../clients/client-schemas.ts'
import { instantSchema, isoOrNull, listOf } from '../route-answers.ts'

const matchSchema = z.object({
  client: clientRefSchema,
  name: z.string().describe('Of the client; empty: not known yet.'),
  dealId: z.int().nullable().describe('Null: the rule holds for the client himself.'),
  deal: z
    .object({
      pipelineId: z.int(),
      statusId: z.int(),
      since: instantSchema.nullable().describe('Since when it has stood in its stage.'),
      price: z.number().nullable(),
      responsibleUserId: z.int(),
    })
    .nullable(),
})

export const matchesSchema = z.object({
  clients: z.int().describe('Clients for whom, or for a deal of whom, it holds.'),
  matches: listOf(matchSchema),
  next: z.string().nullable(),
})

export const shownMatch = ({ client, name, deal }: FoundMatch): z.output<typeof matchSchema> => ({
  ...{ client, name, dealId: deal?.id ?? null },
  deal: deal && {
    pipelineId: deal.pipelineId,
    statusId: deal.statusId,
    since: isoOrNull(deal.statusSince),
    price: deal.price,
    responsibleUserId: deal.responsibleUserId,
  },
})
