import { z } from 'zod'
import type { AccountFacts } from '../../../segmentation/facts.ts'
import { listOf } from '../route-answers.ts'

const named = z.object({ id: z.int(), name: z.string() })

export const structureSchema = z
  .object({
    timeZone: z.string().describe('IANA name.'),
    currency: z.string().describe('ISO 4217.'),
    language: z.enum(['ru', 'en']).describe('Of tags, fields, cards and reasons.'),
    clientEntity: z.enum(['contact', 'company']),
    users: listOf(named),
    pipelines: listOf(
      named.extend({
        sort: z.int(),
        isMain: z.boolean(),
        statuses: listOf(
          named.extend({ sort: z.int(), type: z.int().describe('1: the incoming ("unsorted") stage.') }),
        ),
      }),
    ),
    lossReasons: listOf(named),
    sources: listOf(named).describe('Lead sources with a name; deals may have others.'),
    fields: listOf(
      named.extend({
        entity: z.enum(['lead', 'contact', 'company']),
        code: z.string().nullable(),
        type: z.string().describe('amoCRM’s type of field.'),
        enums: listOf(z.object({ id: z.int(), value: z.string() })),
      }),
    ),
  })
  .meta({ id: 'AccountStructure', description: 'What surrounds the clients of an account, by name.' })

type Shown = z.output<typeof structureSchema>

export const shownStructure = (
  { timeZone, currency, users, pipelines, lossReasons, sources, fields }: AccountFacts,
  policy: Pick<Shown, 'language' | 'clientEntity'>,
): Shown => ({
  ...{ timeZone, currency, users, lossReasons, sources: sources ?? [], fields },
  pipelines: pipelines
    .toSorted((one, other) => one.sort - other.sort)
    .map((pipeline) => ({
      ...pipeline,
      statuses: pipeline.statuses.toSorted((one, other) => one.sort - other.sort),
    })),
  ...{ language: policy.language, clientEntity: policy.clientEntity },
})
