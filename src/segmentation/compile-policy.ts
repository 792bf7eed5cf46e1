import { type AccountFacts, type ClientKind, LOST, type PipelineFacts, WON } from './facts.ts'
import { type SegmentNames, segmentNames } from './labels.ts'
import { fieldIdOf } from './policy/field-id-of.ts'
import type { FieldRef } from './policy/shared-settings.ts'
import type { Policy } from './policy.ts'
import { policyTags, ruleTags } from './policy-tags.ts'
import { type CompiledRules, compileRules } from './rules/compile-rules.ts'
import { type SleepingRule, sleepingRule } from './sleeping-threshold.ts'
import { type ValueScale, valueScale } from './value-scale.ts'
import { type ZoneCalendar, zoneCalendar } from './zone-calendar.ts'

const DAY = 86_400

type TargetFields = Readonly<Record<keyof Policy['targets'], number | null>>

/** A policy made ready for one account: every lookup, threshold and name worked out once, for any number of clients. */
export interface CompiledPolicy {
  readonly policy: Policy
  readonly account: AccountFacts
  readonly calendar: ZoneCalendar
  readonly purchase: {
    /** Purchase statuses by pipeline; null: status 142 of every pipeline. */
    readonly statuses: ReadonlyMap<number, ReadonlySet<number>> | null
    readonly minPrice: number
    /** Key of the date field in a deal's fields; null: none. */
    readonly dateField: string | null
    readonly mergeSameDay: boolean
  }
  readonly newForSeconds: number
  readonly sleeping: SleepingRule
  readonly regular: { readonly minPurchases: number; readonly windowSeconds: number }
  readonly junkReasons: ReadonlySet<number>
  /** Statuses a deal without any progress stands in: the incoming and the first stage of each pipeline. */
  readonly firstStages: ReadonlySet<number>
  readonly value: ValueScale
  /** Pipeline of the clients' cards; null: none. */
  readonly cardPipelineId: number | null
  readonly names: SegmentNames
  /** The select fields that show the segments, by kind of client and dimension. Null: none. */
  readonly targetFields: Readonly<Record<ClientKind, TargetFields>>
  /** Trimmed and in lower case, for comparison. */
  readonly stopTag: string
  readonly rules: CompiledRules
  /** Tags of the rules that are on and set one, by rule id. */
  readonly ruleTags: ReadonlyMap<string, string>
  readonly ownedTags: ReadonlySet<string>
}

const purchaseStatuses = (policy: Policy) =>
  policy.purchasePipelines.length === 0
    ? null
    : new Map(policy.purchasePipelines.map((one) => [one.pipelineId, new Set(one.statusIds)]))

/** amoCRM's incoming ("unsorted") stage has the type 1 and another id in every pipeline. */
const INCOMING = 1

const firstStagesOf = ({ statuses }: PipelineFacts): number[] => {
  const stages = statuses.filter((status) => status.id !== WON && status.id !== LOST)
  const [first] = stages
    .filter((status) => status.type !== INCOMING)
    .toSorted((one, other) => one.sort - other.sort || one.id - other.id)
  return [...stages.filter((status) => status.type === INCOMING), ...(first ? [first] : [])].map((status) => status.id)
}

const dateFieldKey = (policy: Policy, account: AccountFacts): string | null => {
  if (policy.purchaseDateField === null) return null
  const id = fieldIdOf(policy.purchaseDateField, 'lead', account)
  return id === null ? null : String(id)
}

const targetFields = ({ targets }: Policy, kind: ClientKind, account: AccountFacts): TargetFields => {
  const idOf = ({ field }: { readonly field: FieldRef | null }) =>
    field === null ? null : fieldIdOf(field, kind, account)
  return {
    lifecycle: idOf(targets.lifecycle),
    temperature: idOf(targets.temperature),
    standing: idOf(targets.standing),
    value: idOf(targets.value),
  }
}

/** Never refuses: what the account does not have (a field, a pipeline) simply matches nothing. */
export const compilePolicy = (policy: Policy, account: AccountFacts): CompiledPolicy => ({
  policy,
  account,
  calendar: zoneCalendar(account.timeZone),
  purchase: {
    statuses: purchaseStatuses(policy),
    minPrice: policy.minPrice,
    dateField: dateFieldKey(policy, account),
    mergeSameDay: policy.mergeSameDay,
  },
  newForSeconds: policy.firstPurchaseIsNewForDays * DAY,
  sleeping: sleepingRule(policy, account.aggregates),
  regular: { minPurchases: policy.regular.minPurchases, windowSeconds: policy.regular.windowDays * DAY },
  junkReasons: new Set(policy.junkReasons),
  firstStages: new Set(account.pipelines.flatMap(firstStagesOf)),
  value: valueScale(policy.value),
  cardPipelineId: policy.card?.pipelineId ?? null,
  names: segmentNames(policy),
  targetFields: {
    contact: targetFields(policy, 'contact', account),
    company: targetFields(policy, 'company', account),
  },
  stopTag: policy.stopTag.trim().toLowerCase(),
  rules: compileRules(policy.rules, account),
  ruleTags: ruleTags(policy),
  ownedTags: new Set(policyTags(policy)),
})
