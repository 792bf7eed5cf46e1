import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import type { Change, Expected } from './support/change.ts'
import { CLIENT_CHANGES } from './support/client-changes.ts'
import { DEAL_CHANGES } from './support/deal-changes.ts'
import { expectAllRight } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

const CHANGES = [...DEAL_CHANGES, ...CLIENT_CHANGES]

let trial: Trial
const acts = new Map<Change, ReturnType<Change['prepare']>['act']>()

beforeAll(async () => {
  trial = await startTrial({
    sandbox: { clients: 40 },
    prepare: ({ world }) => {
      for (const change of CHANGES) acts.set(change, change.prepare(world).act)
    },
  })
  await install(trial)
  await expectAllRight(trial)
}, PATIENT.timeout)
afterAll(() => trial.close())

const ownTags = ({ entity, id }: Expected): string[] => {
  const { world, judge } = trial
  const card = world[entity].get(id)
  const tags = card ? tagsOf(world, entity, card) : []
  return tags.filter((tag) => judge.policy.ownedTags.has(tag)).sort()
}

describe('a change told by hooks ends right', PATIENT, () => {
  it.each(CHANGES)('$name', async (change) => {
    const expected = acts.get(change)?.(trial.staff) ?? []
    expect(expected).not.toEqual([])
    await trial.watch.until(() => expected.every((one) => ownTags(one).join() === one.tags.join()), LIMIT_MS)
    expect(expected.map((one) => ({ ...one, tags: ownTags(one) }))).toEqual(expected)
  })

  it('and nothing else is touched: foreign tags, closed deals, frozen and deleted clients', async () => {
    await expectAllRight(trial)
  })
})
