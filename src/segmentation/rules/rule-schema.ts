import { z } from 'zod'
import { entryActionSchema } from '../policy/entry-action.ts'
import { localTextSchema } from './local-text.ts'

/** Deepest nesting of a condition: a comparison alone is 1, inside one group 2. */
export const MAX_CONDITION_DEPTH = 16
/** Most comparisons and groups one condition may hold. */
export const MAX_CONDITION_NODES = 500

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

/** One comparison. What a value may be depends on the op; what an op may be depends on the fact (see the checker). */
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

/** A tree of `all`, `any` and `not` over comparisons. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison

const nodeSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      comparisonSchema,
      z.strictObject({ all: z.array(nodeSchema) }),
      z.strictObject({ any: z.array(nodeSchema) }),
      z.strictObject({ not: nodeSchema }),
    ]),
  )
  .meta({ id: 'Condition' })

/** A condition of sane size: too deep or too large a tree is refused before it is walked. */
export const conditionSchema = z.preprocess((value, context) => {
  const { depth, nodes } = measure(value)
  if (depth <= MAX_CONDITION_DEPTH && nodes <= MAX_CONDITION_NODES) return value
  const limits = `${MAX_CONDITION_DEPTH} levels and ${MAX_CONDITION_NODES} parts`
  context.addIssue({ code: 'custom', message: `A condition may have at most ${limits}` })
  return z.NEVER
}, nodeSchema)

/** A segment made by the account itself: who fits `when` bears the tag and sets off the actions. */
export const ruleSchema = z.strictObject({
  id: z.string().trim().min(1).max(64).describe('Unique in the policy; stands in reasons and in the journal'),
  label: localTextSchema.describe('Name shown to people'),
  target: z.enum(['client', 'deal']).describe('What the rule is about: the client, or each of its deals'),
  enabled: z.boolean().default(true),
  when: conditionSchema,
  tag: localTextSchema.optional().describe('Tag borne while the rule holds; none: the rule sets no tag'),
  actions: z.array(entryActionSchema).max(20).optional().describe('What is done once, when the rule begins to hold'),
})
export type Rule = z.infer<typeof ruleSchema>

/** Depth and size of a raw condition, walked without recursion so that no input can exhaust the stack. */
function measure(root: unknown): { depth: number; nodes: number } {
  let level = [root]
  let depth = 0
  let nodes = 0
  while (level.length > 0 && depth <= MAX_CONDITION_DEPTH && nodes <= MAX_CONDITION_NODES) {
    depth += 1
    nodes += level.length
    level = level.flatMap(childrenOf)
  }
  return { depth, nodes }
}

function childrenOf(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return []
  const { all, any, not } = node as { all?: unknown; any?: unknown; not?: unknown }
  return [all, any, not === undefined ? [] : [not]].flatMap((part) => (Array.isArray(part) ? part : []))
}
