import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseArbitrary, type Look, type Setting } from './arbitrary-case.ts'
import { RULES, type RuleInput } from './arbitrary-policy.ts'
import { expectAlike } from './expect-alike.ts'
import { answersOf, naiveDecide, sameAnswers } from './naive-decide.ts'
import { naiveNextChange, scannedNextChange } from './naive-next-change.ts'

const POLICIES = 100
const FEWER_POLICIES = 25
const CLIENTS_PER_POLICY = 6
const DAY = 86_400
const YEAR = 365 * DAY

/** Whether the definitions answer otherwise at an instant than they do at the look. */
const otherThanNow = (setting: Setting, { client, now }: Look): ((at: number) => boolean) => {
  const ask = naiveDecide({ ...setting, client })
  const before = ask(now)
  return (at) => !sameAnswers(ask(at), before)
}

const eachLook = (policies: number, check: (setting: Setting, look: Look) => void, rules = RULES): void => {
  fc.assert(
    fc.property(caseArbitrary(CLIENTS_PER_POLICY, rules), ({ setting, looks }) => {
      for (const look of looks) check(setting, look)
    }),
    { numRuns: policies },
  )
}

/** Instants in [from, to), both ends among them, the further ones wider apart. */
const spread = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + Math.floor((to - from) * (index / count) ** 2)).concat(to - 1)

describe('the instant of the next change', () => {
  it.each<[string, number, fc.Arbitrary<RuleInput[]>]>([
    ['without rules', 135, fc.constant([])],
    ['with rules over every fact', 100, RULES],
    ['with as many again', 100, RULES],
  ])('is the first at which the definitions answer otherwise, %s', (_name, policies, rules) => {
    const check = (setting: Setting, look: Look) => {
      const { client, now } = look
      const expected = naiveNextChange({ ...setting, client }, now, otherThanNow(setting, look))
      expectAlike(setting.decide(client, now).nextChangeAt, expected, look)
    }
    eachLook(policies, check, rules)
  })

  it('is found by going on day by day', () => {
    eachLook(FEWER_POLICIES, (setting, look) => {
      const { nextChangeAt } = setting.decide(look.client, look.now)
      const found = scannedNextChange(look.now, otherThanNow(setting, look))
      const expected = nextChangeAt !== null && nextChangeAt <= look.now + YEAR ? nextChangeAt : null
      // Answers that differ for less than a day are none of the scan's business.
      if (expected === null || found !== null) expectAlike(found, expected, look)
    })
  })

  it('has the same answers before it and others from it on; where there is none they stay for thirty years', () => {
    eachLook(POLICIES, (setting, look) => {
      const { client, now } = look
      const ask = (at: number) => answersOf(setting.decide(client, at))
      const { nextChangeAt } = setting.decide(client, now)
      const before = ask(now)
      if (nextChangeAt !== null) {
        expect(Number.isSafeInteger(nextChangeAt)).toBe(true)
        expect(nextChangeAt).toBeGreaterThan(now)
        expect(sameAnswers(ask(nextChangeAt), before)).toBe(false)
      }
      for (const at of spread(now, nextChangeAt ?? now + 30 * YEAR, 12)) expectAlike(ask(at), before, look)
    })
  })

  it('is the same whenever one looks before it', () => {
    eachLook(POLICIES, (setting, { client, now }) => {
      const { nextChangeAt } = setting.decide(client, now)
      for (const at of spread(now, nextChangeAt ?? now + 30 * YEAR, 3)) {
        expectAlike(setting.decide(client, at).nextChangeAt, nextChangeAt, { client, now: at })
      }
    })
  })
})

describe('the end of an answer', () => {
  it('is the first instant at which this dimension answers otherwise', () => {
    eachLook(FEWER_POLICIES, (setting, look) => {
      const { client, now } = look
      const ask = naiveDecide({ ...setting, client })
      const verdict = setting.decide(client, now)
      const before = ask(now)
      const ends = {
        lifecycle: (at: number) => ask(at).lifecycle !== before.lifecycle,
        temperature: (at: number) => ask(at).temperature !== before.temperature,
        standing: (at: number) => ask(at).standing !== before.standing,
        value: (at: number) => !sameAnswers({ ...before, tier: ask(at).tier, rfm: ask(at).rfm }, before),
      }
      for (const dimension of ['lifecycle', 'temperature', 'standing', 'value'] as const) {
        const answer = verdict[dimension]
        if (answer === null) continue
        const expected = naiveNextChange({ ...setting, client }, now, ends[dimension])
        expectAlike([dimension, answer.until], [dimension, expected], look)
      }
    })
  })
})
