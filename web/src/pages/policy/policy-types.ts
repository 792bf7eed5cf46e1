import type { z } from 'zod'
import type { catalogueSchema } from '../../../../src/http/api/accounts/catalogue-schema.ts'
import type {
  faultSchema,
  policyAnswer,
  previewSchema,
  purchaseSampleSchema,
  rfmSuggestionSchema,
  versionSchema,
} from '../../../../src/http/api/policy/policy-schemas.ts'
import type { Policy } from '../../../../src/segmentation/policy.ts'

export type { Policy }
export type Rule = Policy['rules'][number]
export type Transition = Policy['actions'][number]
export type EntryAction = Rule['actions'][number]
export type ActionType = EntryAction['type']
export type LocalText = Rule['label']
export type FieldRef = NonNullable<Policy['purchaseDateField']>
export type Dimension = Transition['dimension']

export type PolicyFault = z.output<typeof faultSchema>
export type PolicyVersion = z.output<typeof versionSchema>
export type PolicyAnswer = Omit<z.output<typeof policyAnswer>, 'policy'> & { readonly policy: Policy }
export type Preview = z.output<typeof previewSchema>
export type PurchaseSample = z.output<typeof purchaseSampleSchema>
export type RfmSuggestion = z.output<typeof rfmSuggestionSchema>
export type Catalogue = z.output<typeof catalogueSchema>
export type Fact = Catalogue['facts'][number]
export type Scope = NonNullable<PolicyVersion['scope']>

/** What `policy/check` says of a policy. */
export interface PolicyCheck {
  readonly ok: boolean
  readonly errors: readonly PolicyFault[]
  readonly warnings: readonly PolicyFault[]
  /** With every setting present; null: its form is not sound. */
  readonly policy: Policy | null
  /** What differs from the policy in force, in words. */
  readonly changes: { readonly ru: readonly string[]; readonly en: readonly string[] } | null
}

/** What is answered to a policy that was taken. */
export interface AppliedPolicy {
  readonly version: number
  readonly run: string
  readonly work: 'redecide' | 'backfill'
}
