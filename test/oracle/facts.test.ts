import fc from 'fast-check'
import { describe, it } from 'vitest'
import { caseArbitrary } from './arbitrary-case.ts'
import { comparisonOf, FACTS } from './arbitrary-condition.ts'
import type { RuleInput } from './arbitrary-policy.ts'
import { expectAlike } from './expect-alike.ts'
import { answersOf, naiveDecide } from './naive-decide.ts'

const RULES_PER_FACT = 15
const CLIENTS_PER_FACT = 20

/** Rules that each compare one fact. */
const rulesOn = (target: 'client' | 'deal', fact: (typeof FACTS)['client'][number]): fc.Arbitrary<RuleInput[]> =>
  fc
    .array(comparisonOf(fact), { minLength: RULES_PER_FACT, maxLength: RULES_PER_FACT })
    .map((list) => list.map((when, index) => ({ id: `${index}`, label: `Правило ${index}`, target, when })))

describe('every fact with every op is read as the definitions read it', () => {
  it.each(['client', 'deal'] as const)('in rules about a %s', (target) => {
    for (const fact of FACTS[target]) {
      fc.assert(
        fc.property(caseArbitrary(CLIENTS_PER_FACT, rulesOn(target, fact)), ({ setting, looks }) => {
          for (const { client, now } of looks) {
            const expected = naiveDecide({ ...setting, client })(now)
            expectAlike(answersOf(setting.decide(client, now)), expected, { client, now })
          }
        }),
        { numRuns: 1 },
      )
    }
  })
})
