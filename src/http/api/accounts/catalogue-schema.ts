import { z } from 'zod'
import { OPS } from '../../../sync/queries/account-catalogue.ts'
import { listOf } from '../route-answers.ts'

const named = z.object({ id: z.int(), name: z.string() })
const entity = z.enum(['lead', 'contact', 'company'])
const options = listOf(z.object({ id: z.int(), value: z.string() }))

const factSchema = z.object({
  name: z.string().describe('As a rule names it; facts of the client in a rule about deals begin with `client.`.'),
  of: z.enum(['client', 'deal']),
  type: z.string(),
  ops: listOf(z.enum(OPS)),
  meaning: z.object({ ru: z.string(), en: z.string() }),
  choices: listOf(z.string()).optional().describe('All values it can take.'),
  reference: z.enum(['pipeline', 'status', 'user', 'lossReason', 'source']).optional(),
  timeDependent: z.boolean().describe('Whether time alone can change it.'),
  field: z
    .object({ entity, id: z.int(), code: z.string().nullable(), name: z.string() })
    .optional()
    .describe('The custom field it is read from.'),
  options: options.optional().describe('Of select fields.'),
})

export const catalogueSchema = z
  .object({
    host: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    pipelines: listOf(
      z.object({
        id: z.int(),
        name: z.string(),
        sort: z.number(),
        isMain: z.boolean(),
        statuses: listOf(
          z.object({
            id: z.int(),
            name: z.string(),
            sort: z.number(),
            type: z.int().describe('1: the incoming stage.'),
          }),
        ),
      }),
    ),
    users: listOf(named),
    lossReasons: listOf(named),
    fields: listOf(
      z.object({
        entity,
        id: z.int(),
        code: z.string().nullable(),
        name: z.string(),
        type: z.string(),
        enums: options,
      }),
    ),
    facts: listOf(factSchema).describe('What rules can ask about.'),
    tags: z
      .object({ client: listOf(z.string()), deal: listOf(z.string()) })
      .describe('Tags in use, the most used first.'),
  })
  .meta({ id: 'Catalogue', description: 'All that a policy may name in an account.' })
