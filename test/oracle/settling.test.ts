import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import { caseArbitrary, type Look, type Setting } from './arbitrary-case.ts'
import { TAG_RULES } from './arbitrary-policy.ts'
import { afterWrites } from './settle.ts'

const POLICIES = 300
const CLIENTS_PER_POLICY = 4

/** How often something was written until a whole round wrote nothing; null: still writing after that many rounds. */
const roundsToRest = ({ compiled }: Setting, { client, now }: Look, most: number): number | null => {
  let before: ClientFacts = client
  for (let rounds = 0; rounds <= most; rounds += 1) {
    const after = afterWrites(before, compiled, now)
    if (isDeepStrictEqual(after, before)) return rounds
    before = after
  }
  return null
}

describe('a policy that the checker accepts', () => {
  it('comes to rest, however its rules read what it writes', () => {
    fc.assert(
      fc.property(caseArbitrary(CLIENTS_PER_POLICY, TAG_RULES), ({ setting, looks }) => {
        const { rules, card } = setting.policy
        // Moving the card may end what counted as a purchase, and so move it once more.
        const most = rules.length + 2 + (card === null ? 0 : 1)
        for (const look of looks) expect(roundsToRest(setting, look, most), JSON.stringify(look)).not.toBeNull()
      }),
      { numRuns: POLICIES },
    )
  })
})
