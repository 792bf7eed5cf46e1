import { z } from 'zod'

export const EQUALITY_OPS = ['eq', 'ne'] as const
export const ORDER_OPS = ['lt', 'lte', 'gt', 'gte'] as const
export const SET_OPS = ['in', 'not_in'] as const
export const CONTAINS_OPS = ['contains', 'not_contains'] as const
export const EXISTS_OPS = ['exists', 'not_exists'] as const
export const AGE_OPS = ['within_days', 'older_than_days'] as const
export const OPS = [
  ...EQUALITY_OPS,
  ...ORDER_OPS,
  ...SET_OPS,
  ...CONTAINS_OPS,
  ...EXISTS_OPS,
  'between',
  ...AGE_OPS,
] as const
export type Op = (typeof OPS)[number]

const scalarSchema = z.union([z.string().max(1_000), z.number(), z.boolean()])
export type Scalar = z.infer<typeof scalarSchema>

const factSchema = z
  .string()
  .min(1)
  .max(200)
  .describe('Name of a fact, such as `ltv`, `lastDeal.utm_source` or `field:1234`')

/** One comparison. What a value may be depends on the op; which ops are allowed depends on the fact (see the checker). */
export const comparisonSchema = z.discriminatedUnion('op', [
  z.strictObject({
    fact: factSchema,
    op: z.enum([...EQUALITY_OPS, ...ORDER_OPS, ...CONTAINS_OPS]),
    value: scalarSchema,
  }),
  z.strictObject({ fact: factSchema, op: z.enum(SET_OPS), value: z.array(scalarSchema).max(1_000) }),
  z.strictObject({
    fact: factSchema,
    op: z.literal('between'),
    value: z.tuple([scalarSchema, scalarSchema]).describe('From and to, both included'),
  }),
  z.strictObject({
    fact: factSchema,
    op: z.enum(AGE_OPS),
    value: z.number().min(0).max(36_500).describe('Days of 86,400 seconds'),
  }),
  z.strictObject({ fact: factSchema, op: z.enum(EXISTS_OPS) }),
])
export type Comparison = z.infer<typeof comparisonSchema>
