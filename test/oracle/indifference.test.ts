import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientFacts, DealFacts } from '../../src/segmentation/facts.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import type { Verdict } from '../../src/segmentation/verdict.ts'
import { caseArbitrary, type Look, type Setting } from './arbitrary-case.ts'
import { expectAlike } from './expect-alike.ts'

const POLICIES = 120
const CLIENTS_PER_POLICY = 6

const eachLook = (check: (setting: Setting, look: Look, seed: number) => void): void => {
  fc.assert(
    fc.property(caseArbitrary(CLIENTS_PER_POLICY), fc.nat(), ({ setting, looks }, seed) => {
      for (const look of looks) check(setting, look, seed)
    }),
    { numRuns: POLICIES },
  )
}

const shuffled = (deals: readonly DealFacts[], seed: number): DealFacts[] =>
  deals.toSorted((one, other) => ((one.id * 7_919 + seed) % 101) - ((other.id * 7_919 + seed) % 101))

const factsIn = (condition: Condition): string[] => {
  if ('all' in condition) return condition.all.flatMap(factsIn)
  if ('any' in condition) return condition.any.flatMap(factsIn)
  return 'not' in condition ? factsIn(condition.not) : [condition.fact]
}

/** Whether a rule reads something that one more deal may change. */
const readsDeals = (rule: { readonly target: string; readonly when: Condition }): boolean =>
  rule.target === 'deal' || factsIn(rule.when).some((fact) => /deals?\.|temperature|standing/i.test(fact))

/** What no deal that is not a purchase can change. */
const unmoved = ({ lifecycle, value, rules }: Verdict, { policy }: Setting) => {
  const free = new Set(policy.rules.filter((rule) => !readsDeals(rule)).map((rule) => rule.id))
  return {
    lifecycle: [lifecycle.segment, lifecycle.until],
    value: [value.tier, value.until, value.rfm, value.ltv],
    rules: rules.filter((match) => free.has(match.ruleId)).map((match) => match.ruleId),
  }
}

const isLocked = (client: ClientFacts, dimension: string) => client.locks.some((lock) => lock.dimension === dimension)

const moreDeal = (now: number, place: Pick<DealFacts, 'pipelineId' | 'statusId' | 'closedAt'>): DealFacts => ({
  id: 1_000,
  price: 5_000,
  createdAt: now - 86_400,
  updatedAt: now,
  statusSince: null,
  lossReasonId: null,
  responsibleUserId: 5,
  tags: [],
  fields: {},
  ...place,
})

/** The first stage of the first pipeline, unless it counts as a purchase. */
const firstStage = ({ account, policy }: Setting) => {
  const stages = account.pipelines[0]?.statuses.filter(({ id, type }) => id !== 142 && id !== 143 && type !== 1) ?? []
  const [first] = stages.toSorted((one, other) => one.sort - other.sort || one.id - other.id)
  const counts = policy.purchasePipelines.some(
    (one) => one.pipelineId === 1 && first !== undefined && one.statusIds.includes(first.id),
  )
  return first === undefined || counts ? null : { pipelineId: 1, statusId: first.id, closedAt: null }
}

describe('the order of the deals', () => {
  it('never matters', () => {
    eachLook((setting, look, seed) => {
      const { client, now } = look
      const other = { ...client, deals: shuffled(client.deals, seed) }
      expectAlike(setting.decide(other, now), setting.decide(client, now), look)
    })
  })
})

describe('a deal that has nothing to do with buying', () => {
  it('changes the standing of those who never bought, and nothing else, while it is open in the first stage', () => {
    eachLook((setting, look) => {
      const { client, now } = look
      const place = firstStage(setting)
      if (place === null) return
      const before = setting.decide(client, now)
      const after = setting.decide({ ...client, deals: [...client.deals, moreDeal(now, place)] }, now)
      expectAlike(unmoved(after, setting), unmoved(before, setting), look)
      expect(after.temperature.segment).toBe(before.temperature.segment)
      if (isLocked(client, 'standing')) return
      expect(after.standing?.segment ?? null).toBe(before.standing === null && isBuyer(before) ? null : 'in_work')
    })
  })

  it('shows at most interest where its pipeline does not count', () => {
    eachLook((setting, look) => {
      const { client, now } = look
      if (setting.policy.purchasePipelines.length === 0) return
      const before = setting.decide(client, now)
      const place = { pipelineId: 9, statusId: 142, closedAt: now - 3_600 }
      const after = setting.decide({ ...client, deals: [...client.deals, moreDeal(now, place)] }, now)
      expectAlike(unmoved(after, setting), unmoved(before, setting), look)
      expect(after.standing?.segment).toBe(before.standing?.segment)
      if (isLocked(client, 'temperature')) return
      expect(after.temperature.segment).toBe(
        before.temperature.segment === 'cold' ? 'warm' : before.temperature.segment,
      )
    })
  })
})

const isBuyer = ({ value }: Verdict): boolean => value.averageCheck !== null
