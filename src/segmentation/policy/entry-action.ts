import { z } from 'zod'
import { fieldRefSchema, idSchema } from './shared-settings.ts'
import { PLACEHOLDERS, unknownPlaceholders } from './template.ts'

const textSchema = z
  .string()
  .trim()
  .min(1)
  .max(5_000)
  .refine((text) => unknownPlaceholders(text).length === 0, {
    error: (issue) =>
      `Unknown {${unknownPlaceholders(String(issue.input)).join('}, {')}}: use only {${PLACEHOLDERS.join('}, {')}}`,
  })

const on = z
  .enum(['client', 'deal'])
  .default('client')
  .describe('Where it is made: the client, or his newest open deal (for a rule about deals: the deal that matches).')

const common = {
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use 1-64 Latin letters, digits, "_" or "-"')
    .describe('Stable id of the action; part of the key that keeps it from firing twice.'),
  coolDownDays: z.int().min(0).max(3_650).default(0).describe('Not again for one client within so many days.'),
  duringBackfill: z.boolean().default(false).describe('Fire also while the whole base is first gone through.'),
}

const taskAction = z.strictObject({
  ...common,
  type: z.literal('task').describe('Create a task.'),
  on,
  text: textSchema.describe('Text of the task; names in braces are filled in.'),
  taskTypeId: idSchema.nullable().default(null).describe('Type of the task. Null: the default type of amoCRM.'),
  dueInHours: z.int().min(1).max(8_760).default(24).describe('Hours until the task is due.'),
  responsibleUserId: idSchema.nullable().default(null).describe("User in charge. Null: the client's responsible user."),
})

const noteAction = z.strictObject({
  ...common,
  type: z.literal('note').describe('Add a note.'),
  on,
  text: textSchema.describe('Text of the note; names in braces are filled in.'),
})

const fieldAction = z.strictObject({
  ...common,
  type: z.literal('field').describe('Set a custom field.'),
  on,
  field: fieldRefSchema.describe('The field, by id or code.'),
  value: z
    .union([z.string().max(5_000), z.number(), z.boolean()])
    .nullable()
    .describe('Value to set; null clears the field.'),
})

const salesbotAction = z.strictObject({
  ...common,
  type: z.literal('salesbot').describe('Start a Salesbot.'),
  on,
  botId: idSchema.describe('The Salesbot.'),
})

const webhookAction = z.strictObject({
  ...common,
  type: z.literal('webhook').describe('Send {from, to, reasons} to an address.'),
  url: z
    .url({ protocol: /^https?$/, message: 'Give a full address that begins with https:// or http://' })
    .max(2_000)
    .describe('Address the JSON is posted to.'),
})

/** One thing done when a client or deal enters a segment or begins to match a rule. */
export const entryActionSchema = z.discriminatedUnion('type', [
  taskAction,
  noteAction,
  fieldAction,
  salesbotAction,
  webhookAction,
])

export type EntryAction = z.infer<typeof entryActionSchema>
