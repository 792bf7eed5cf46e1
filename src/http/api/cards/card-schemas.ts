import { z } from 'zod'
import type { CardPanel } from '../../../sync/queries/card-panel.ts'
import { clientRefSchema } from '../clients/client-schemas.ts'
import { instantSchema, isoOrNull, listOf } from '../route-answers.ts'

export const cardEntity = z.enum(['lead', 'contact', 'company'])

const toldSchema = z.object({ ru: z.string(), en: z.string() })

const codedSchema = z.object({ code: z.string().describe('For programs.'), text: toldSchema })

export const panelSchema = z
  .object({
    card: z.object({ entity: cardEntity, id: z.int() }),
    client: clientRefSchema.nullable().describe('Whose segments these are: of a deal its main contact, or company.'),
    absence: codedSchema.nullable().describe('Why there are no segments; null: there are.'),
    segments: listOf(
      z.object({
        dimension: z.enum(['lifecycle', 'temperature', 'standing', 'value', 'rule']),
        segment: z.string().describe('Of the value the tier, of a rule its id.'),
        name: toldSchema,
        why: toldSchema.describe('The reason, without the name before it.'),
        until: instantSchema.nullable().describe('When it changes if nothing happens.'),
        isLocked: z.boolean().describe('Set by hand.'),
      }),
    ),
    purchases: z.object({ count: z.int(), text: toldSchema }).nullable(),
    nextChange: z
      .object({ at: instantSchema.nullable().describe('Null: never.'), text: listOf(toldSchema) })
      .nullable(),
    remarks: listOf(codedSchema).describe('What is worth knowing beside them.'),
    mayChange: z.boolean().describe('Whether the caller may recompute and lock.'),
  })
  .meta({ id: 'CardPanel', description: 'What the panel of a card shows, in both languages.' })

/** What the API answers with of a panel. */
export type ShownPanel = z.output<typeof panelSchema>

export const shownPanel = (panel: CardPanel, mayChange: boolean): ShownPanel => ({
  ...panel,
  mayChange,
  segments: panel.segments.map((one) => ({ ...one, until: isoOrNull(one.until) })),
  nextChange: panel.nextChange && { at: isoOrNull(panel.nextChange.at), text: panel.nextChange.text },
})
