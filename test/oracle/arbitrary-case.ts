import fc from 'fast-check'
import { type CompiledPolicy, compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import type { AccountFacts, ClientFacts } from '../../src/segmentation/facts.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import type { Verdict } from '../../src/segmentation/verdict.ts'
import { accountArbitrary } from './arbitrary-account.ts'
import { clientArbitrary, withLocalDates } from './arbitrary-client.ts'
import { acceptable, policyInputArbitrary, RULES, type RuleInput } from './arbitrary-policy.ts'
import { daysIn, instantsIn } from './naive-next-change.ts'

/** An account and a policy that its checker accepts. */
export interface Setting {
  readonly account: AccountFacts
  readonly policy: Policy
  readonly compiled: CompiledPolicy
  /** The program's decision. */
  readonly decide: (client: ClientFacts, now: number) => Verdict
}

/** A client of a setting, looked at at an instant. */
export interface Look {
  readonly client: ClientFacts
  readonly now: number
}

const DAY = 86_400
/** What lies before is a number, and no instant. */
const EARLIEST = 1_000_000_000
const EARLY = Date.parse('2025-06-01T00:00:00Z') / 1000

/** Settings with rules from the given arbitrary. */
const settingArbitrary = (rules: fc.Arbitrary<RuleInput[]>): fc.Arbitrary<Setting> =>
  fc.tuple(accountArbitrary, policyInputArbitrary(rules)).map(([account, input]) => {
    const policy = acceptable(input, account)
    const compiled = compilePolicy(policy, account)
    const { timeZone, pipelines, aggregates } = account
    return {
      account,
      policy,
      compiled,
      decide: (client, now) => decide(client, compiled, now),
      [fc.toStringMethod]: () => JSON.stringify({ timeZone, pipelines, aggregates, policy }),
    }
  })

interface Pick {
  readonly kind: 'any' | 'change' | 'edge'
  readonly anywhen: number
  readonly instant: number
  readonly days: number
  readonly more: number
  readonly localDates: boolean
}

/** The instant of one of the changes to come, as the program says; the definitions are asked on both sides of it. */
const changeAfter = ({ anywhen, days }: Pick, setting: Setting, client: ClientFacts): number => {
  let at = anywhen
  for (let changes = days % 5; changes >= 0; changes -= 1) at = setting.decide(client, at).nextChangeAt ?? at
  return at
}

/** Some whole days of the policy after an instant of the client, whether they have to do with each other or not. */
const edgeOf = ({ instant, days, anywhen }: Pick, { account, policy }: Setting, client: ClientFacts): number => {
  const instants = instantsIn(client, account.timeZone).filter((at) => at > EARLIEST)
  const counts = daysIn(policy)
  const from = instants[instant % instants.length] ?? anywhen
  return Math.ceil(from + (counts[days % counts.length] ?? 0) * DAY)
}

/** Mostly an instant at which an answer changes or may change, or the second before or after it. */
const nowOf = (pick: Pick, setting: Setting, client: ClientFacts): number => {
  switch (pick.kind) {
    case 'any':
      return pick.anywhen
    case 'change':
      return changeAfter(pick, setting, client) + pick.more
    case 'edge':
      return edgeOf(pick, setting, client) + pick.more
  }
}

const pickArbitrary: fc.Arbitrary<Pick> = fc.record({
  kind: fc.constantFrom('any', 'change', 'edge'),
  anywhen: fc.integer({ min: EARLY, max: EARLY + 900 * DAY }),
  instant: fc.nat({ max: 100 }),
  days: fc.nat({ max: 100 }),
  more: fc.integer({ min: -1, max: 1 }),
  localDates: fc.boolean(),
})

/** A setting with several clients, each looked at at an instant where something may change. */
export const caseArbitrary = (
  clients: number,
  rules: fc.Arbitrary<RuleInput[]> = RULES,
): fc.Arbitrary<{ setting: Setting; looks: Look[] }> =>
  fc
    .tuple(
      settingArbitrary(rules),
      fc.array(fc.tuple(clientArbitrary, pickArbitrary), { minLength: clients, maxLength: clients }),
    )
    .map(([setting, list]) => ({
      setting,
      looks: list.map(([one, when]) => {
        const client = when.localDates ? withLocalDates(one, setting.account.timeZone) : one
        return { client, now: nowOf(when, setting, client) }
      }),
      [fc.toStringMethod]: () => fc.stringify(setting),
    }))
