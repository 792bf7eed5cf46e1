import fc from 'fast-check'
import { describe, it } from 'vitest'
import { caseArbitrary } from './arbitrary-case.ts'
import { RULES, type RuleInput, TAG_RULES } from './arbitrary-policy.ts'
import { expectAlike } from './expect-alike.ts'
import { answersOf, naiveDecide } from './naive-decide.ts'

/** 7,000 clients in all, besides the 5,000 and more of every single fact. */
const CLIENTS_PER_POLICY = 10

describe('the program gives the answers of the definitions', () => {
  it.each<[string, number, fc.Arbitrary<RuleInput[]>]>([
    ['segments, tiers and scores', 250, fc.constant([])],
    ['rules over every fact with every op', 300, RULES],
    ['rules that read tags', 150, TAG_RULES],
  ])('%s', (_name, policies, rules) => {
    fc.assert(
      fc.property(caseArbitrary(CLIENTS_PER_POLICY, rules), ({ setting, looks }) => {
        for (const { client, now } of looks) {
          const expected = naiveDecide({ ...setting, client })(now)
          expectAlike(answersOf(setting.decide(client, now)), expected, { client, now })
        }
      }),
      { numRuns: policies },
    )
  })
})
