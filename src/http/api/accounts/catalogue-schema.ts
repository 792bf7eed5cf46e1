import { z } from 'zod'
import { OPS } from '../../../sync/queries/account-catalogue.ts'
import { listOf } from '../route-answers.ts'

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
    facts: listOf(factSchema).describe('What rules can ask about.'),
    tags: z
      .object({ client: listOf(z.string()), deal: listOf(z.string()) })
      .describe('Tags in use, the most used first.'),
  })
  .meta({ id: 'Catalogue', description: 'What rules are made of in an account.' })
