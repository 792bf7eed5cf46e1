import { z } from 'zod'
import { entryActionSchema } from '../policy/entry-action.ts'
import { conditionSchema } from './condition-schema.ts'
import { localTextSchema } from './local-text.ts'

/** A segment made by the account itself: who fits `when` bears the tag and sets off the actions. */
export const ruleSchema = z.strictObject({
  id: z.string().trim().min(1).max(64).describe('Unique in the policy; stands in reasons and in the journal.'),
  label: localTextSchema.describe('Name shown to people: one text, or one per language.'),
  target: z.enum(['client', 'deal']).describe('What the rule is about: the client, or each of its deals.'),
  enabled: z.boolean().default(true).describe('A rule that is switched off is kept, and matches nothing.'),
  when: conditionSchema.describe('The condition, a tree of all, any and not over comparisons.'),
  tag: localTextSchema
    .optional()
    .describe('Tag borne while the rule holds (a rule about deals: on open deals). Absent: the rule sets no tag.'),
  actions: z
    .array(entryActionSchema)
    .max(20)
    .default([])
    .describe('What is done once, when the rule begins to hold, in this order.'),
})

export type Rule = z.infer<typeof ruleSchema>
