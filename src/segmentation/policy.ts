import { z } from 'zod'
import { migratePolicy, POLICY_SCHEMA_VERSION } from './migrate-policy.ts'
import { lifecycleSettings } from './policy/lifecycle-settings.ts'
import { type PolicyProblem, policyProblems } from './policy/policy-problems.ts'
import { purchaseSettings } from './policy/purchase-settings.ts'
import { nameSchema } from './policy/shared-settings.ts'
import { cardSchema, targetsSchema } from './policy/target-settings.ts'
import { transitionSchema } from './policy/transition-settings.ts'
import { valueSchema } from './policy/value-settings.ts'
import { reportConflicts } from './policy-conflicts.ts'
import { ruleSchema } from './rules/rule-schema.ts'

const versionSchema = z
  .literal(POLICY_SCHEMA_VERSION, {
    error: `This program knows schema version ${POLICY_SCHEMA_VERSION}: leave schemaVersion out, or update the program`,
  })
  .default(POLICY_SCHEMA_VERSION)

const settingsSchema = z.strictObject({
  schemaVersion: versionSchema.describe('Form of this policy; older forms are converted when read.'),
  language: z.enum(['ru', 'en']).default('ru').describe('Language of tags, field options, cards and reasons.'),
  clientEntity: z
    .enum(['contact', 'company'])
    .default('contact')
    .describe('Whose segment is computed: the contact of a deal, or its company.'),
  ...purchaseSettings,
  ...lifecycleSettings,
  value: valueSchema.prefault({}).describe('The dimension value.'),
  stopTag: nameSchema.default('стоп-сегмент').describe('A client with this tag is frozen: nothing is written.'),
  targets: targetsSchema.prefault({}).describe('What is written to amoCRM.'),
  card: cardSchema.nullable().default(null).describe("The client's card in a client-base pipeline. Null: none."),
  actions: z.array(transitionSchema).max(100).default([]).describe('What is done when a client enters a segment.'),
  rules: z.array(ruleSchema).max(200).default([]).describe('Custom rules: segments of your own.'),
})

/** A whole policy: every setting present. */
export type Policy = z.infer<typeof settingsSchema>

/** The settings of one account, all of them optional: `{}` is the default policy. Unknown settings are refused. */
export const policySchema = settingsSchema.superRefine(reportConflicts)

/** A policy as a person writes it: only what differs from the defaults. */
export type PolicyInput = z.input<typeof policySchema>

export type PolicyParsing =
  | { readonly type: 'ok'; readonly policy: Policy }
  | { readonly type: 'invalid'; readonly problems: readonly PolicyProblem[] }

/** Reads a policy of any known schema version and fills in the defaults; all faults are told at once. */
export const parsePolicy = (input: unknown): PolicyParsing => {
  const parsed = policySchema.safeParse(migratePolicy(input))
  return parsed.success
    ? { type: 'ok', policy: parsed.data }
    : { type: 'invalid', problems: policyProblems(parsed.error) }
}
