import { z } from 'zod'
import type { AccountFacts } from '../segmentation/facts.ts'

const idSchema = z.int().min(0)
const named = z.strictObject({ id: idSchema, name: z.string() })

const statusSchema = z.strictObject({
  id: idSchema,
  name: z.string().default(''),
  sort: z.number().default(0),
  type: z.int().default(0),
})

const pipelineSchema = z.strictObject({
  id: idSchema,
  name: z.string().default(''),
  sort: z.number().default(0),
  isMain: z.boolean().default(false),
  statuses: z.array(statusSchema).default([]),
})

const fieldSchema = z.strictObject({
  entity: z.enum(['lead', 'contact', 'company']),
  id: idSchema,
  code: z.string().nullable().default(null),
  name: z.string().default(''),
  type: z.string(),
  enums: z.array(z.strictObject({ id: idSchema, value: z.string() })).default([]),
})

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const aggregatesSchema = z.strictObject({
  gaps: z.strictObject({ count: z.int().min(0), quantileSeconds: z.number().nullable() }),
})

/** The account of a file: {@link AccountFacts}, of which anything may be left out. */
const accountSchema = z.strictObject({
  id: idSchema.optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, { message: 'There is no such time zone: give an IANA name such as Europe/Moscow' })
    .optional(),
  currency: z.string().optional(),
  pipelines: z.array(pipelineSchema).optional(),
  lossReasons: z.array(named).optional(),
  fields: z.array(fieldSchema).optional(),
  users: z.array(named).optional(),
  aggregates: aggregatesSchema.optional(),
})

/** What a file says of an account. */
export type GivenAccount = { readonly [Key in keyof AccountFacts]?: AccountFacts[Key] | undefined }

export const accountFactsSchema: z.ZodType<GivenAccount> = accountSchema

/** The account of whom nothing is said. */
export const UNKNOWN_ACCOUNT: AccountFacts = {
  id: 1,
  timeZone: 'Europe/Moscow',
  currency: 'RUB',
  pipelines: [],
  lossReasons: [],
  fields: [],
  users: [],
  aggregates: { gaps: { count: 0, quantileSeconds: null } },
}

/** An account that leaves nothing out: what is not given is taken from the other. */
export const wholeAccount = (given: GivenAccount, otherwise: AccountFacts = UNKNOWN_ACCOUNT): AccountFacts => ({
  id: given.id ?? otherwise.id,
  timeZone: given.timeZone ?? otherwise.timeZone,
  currency: given.currency ?? otherwise.currency,
  pipelines: given.pipelines ?? otherwise.pipelines,
  lossReasons: given.lossReasons ?? otherwise.lossReasons,
  fields: given.fields ?? otherwise.fields,
  users: given.users ?? otherwise.users,
  aggregates: given.aggregates ?? otherwise.aggregates,
})
