import fc from 'fast-check'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import type { AccountFacts } from '../../src/segmentation/facts.ts'
import { type Policy, type PolicyInput, parsePolicy } from '../../src/segmentation/policy.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { CARDS, LOSS_REASONS, STAGES } from './arbitrary-account.ts'
import { CONDITIONS, TAG_CONDITIONS } from './arbitrary-condition.ts'
import { DAYS, PRICES, RULE_TAGS, TIERS } from './arbitrary-words.ts'

/** A rule as a person writes it. */
export type RuleInput = NonNullable<PolicyInput['rules']>[number]

const days = fc.constantFrom(...DAYS)

const purchasePipeline = (pipelineId: number) =>
  fc.record({
    pipelineId: fc.constant(pipelineId),
    statusIds: fc.subarray([142, ...(STAGES[pipelineId] ?? [])], { minLength: 1 }),
  })

const purchasePipelines = fc
  .tuple(purchasePipeline(1), purchasePipeline(2), purchasePipeline(CARDS))
  .chain((all) => fc.subarray(all))

const sleeping = fc.record(
  { mode: fc.constantFrom('fixed' as const, 'rhythm' as const), days: fc.constantFrom(30, 60, 90, 365, 730) },
  { requiredKeys: [] },
)

const rhythm = fc
  .record({
    minPurchases: fc.integer({ min: 2, max: 4 }),
    factor: fc.constantFrom(0.5, 1, 1.3, 1.7, 2, 7),
    bounds: fc.oneof(fc.tuple(days, days), fc.constant([1, 730] as const)),
  })
  .map(({ bounds, ...rest }) => ({ ...rest, minDays: Math.min(...bounds), maxDays: Math.max(...bounds) }))

const rising = <Bound extends number>(bounds: readonly Bound[]) =>
  fc.subarray([...bounds], { minLength: 4, maxLength: 4 }).map((four) => four.toSorted((one, other) => one - other))

const value = fc.record(
  {
    tiers: fc
      .tuple(fc.subarray([...TIERS]), fc.shuffledSubarray([...PRICES], { minLength: 3, maxLength: 3 }))
      .map(([labels, sums]) => labels.map((label, index) => ({ label, from: sums[index] ?? index }))),
    windowDays: fc.option(days),
    rfm: fc.option(
      fc.record({
        recencyDays: rising(DAYS),
        frequency: rising([1, 2, 3, 4, 5, 6]),
        monetary: rising(PRICES),
      }),
    ),
  },
  { requiredKeys: [] },
)

const segmentTarget = fc.record(
  { clientTags: fc.boolean(), dealTags: fc.boolean(), field: fc.constantFrom('SEGMENT', 911, null) },
  { requiredKeys: [] },
)

const targets = fc.record(
  { lifecycle: segmentTarget, temperature: segmentTarget, standing: segmentTarget, value: segmentTarget },
  { requiredKeys: [] },
)

const card = fc.record({
  pipelineId: fc.constant(CARDS),
  statuses: fc.record(
    { new: fc.constant(31), one_time: fc.constant(32), sleeping: fc.constant(33) },
    { requiredKeys: [] },
  ),
})

const ruleArbitrary = (conditions: Readonly<Record<'client' | 'deal', fc.Arbitrary<Condition>>>) =>
  fc.constantFrom('client' as const, 'deal' as const).chain((target) =>
    fc.record(
      {
        target: fc.constant(target),
        when: conditions[target],
        enabled: fc.constantFrom(true, true, true, false),
        tag: fc.oneof(fc.constantFrom(...RULE_TAGS), fc.constant({ ru: 'тег 3', en: 'tag 3' })),
      },
      { requiredKeys: ['target', 'when'] },
    ),
  )

const rulesArbitrary = (rule: ReturnType<typeof ruleArbitrary>, maxLength: number): fc.Arbitrary<RuleInput[]> =>
  fc
    .array(rule, { maxLength })
    .map((list) => list.map((one, index) => ({ id: `r${(index * 7) % 10}`, label: `Правило ${index}`, ...one })))

/** Policies of sound form over the same names as every account; not all of them pass the checker. */
export const policyInputArbitrary = (rules: fc.Arbitrary<RuleInput[]>): fc.Arbitrary<PolicyInput> =>
  fc.record(
    {
      language: fc.constantFrom('ru' as const, 'en' as const),
      purchasePipelines,
      purchaseDateField: fc.constantFrom(null, 932, 'paid_at', 'VISIT'),
      minPrice: fc.constantFrom(0, 0, 0.2, 1_000),
      mergeSameDay: fc.boolean(),
      firstPurchaseIsNewForDays: fc.constantFrom(0, 1, 30, 120),
      sleeping,
      rhythm,
      regular: fc.record({ minPurchases: fc.integer({ min: 2, max: 4 }), windowDays: days }, { requiredKeys: [] }),
      junkReasons: fc.subarray(LOSS_REASONS.map((one) => one.id)),
      value,
      targets,
      card: fc.option(card),
      rules,
    },
    { requiredKeys: ['rules'] },
  )

export const RULES = rulesArbitrary(ruleArbitrary(CONDITIONS), 6)
export const TAG_RULES = rulesArbitrary(
  fc.oneof(
    { weight: 3, arbitrary: ruleArbitrary(TAG_CONDITIONS) },
    { weight: 1, arbitrary: ruleArbitrary(CONDITIONS) },
  ),
  6,
)

const parsed = (input: PolicyInput): Policy => {
  const parsing = parsePolicy(input)
  if (parsing.type === 'invalid') throw new Error(`No sound policy: ${JSON.stringify(parsing.problems)}`)
  return parsing.policy
}

/** Everything named is there, and every value fits: this alone may be wrong with a policy from here. */
const EXPECTED = /settle|counts as a purchase/

/** The policy as the checker lets it pass: rules that would never settle are left out one by one, and so are other settings. */
export const acceptable = (input: PolicyInput, account: AccountFacts): Policy => {
  const policy = parsed(input)
  const [fault] = checkPolicy(policy, account).errors
  if (fault === undefined) return policy
  if (!EXPECTED.test(fault.message)) throw new Error(`Refused: ${fault.path}: ${fault.message}`)
  const [, index] = /^rules\[(\d+)\]/.exec(fault.path) ?? []
  if (index !== undefined) {
    return acceptable({ ...input, rules: (input.rules ?? []).filter((_, at) => at !== Number(index)) }, account)
  }
  const { [/^\w+/.exec(fault.path)?.[0] as keyof PolicyInput]: _refused, ...rest } = input
  return acceptable(rest, account)
}
