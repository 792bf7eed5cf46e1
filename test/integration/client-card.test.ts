import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountWorld } from '../../sandbox/world/create-worlds.ts'
import type { World } from '../../sandbox/world/world.ts'
import { defaultPolicy } from '../../src/segmentation/default-policy.ts'
import { type Policy, policySchema } from '../../src/segmentation/policy.ts'
import { backfillJob } from '../../src/sync/job-catalog.ts'
import { pastOf } from './support/change.ts'
import { expectAllRight } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
let stages: { readonly fresh: number; readonly again: number; readonly asleep: number }
let buyer: { readonly dealId: number; readonly cardId: number }
let sleeper: { readonly cardId: number }
let won: { readonly cardId: number }

const clientBase = (world: World) => {
  const pipeline = [...world.pipelines.values()].find(({ name }) => name === 'База клиентов')
  if (pipeline === undefined) throw new Error('the sandbox has no client base')
  return pipeline
}
const prepare = (world: AccountWorld): void => {
  const { id: pipelineId, statuses } = clientBase(world)
  const stage = (wanted: string): number => statuses.find(({ name }) => name === wanted)?.id ?? 0
  stages = { fresh: stage('Новый клиент'), again: stage('Повторная покупка'), asleep: stage('Спящий клиент') }
  const { contact, open, won: bought } = pastOf(world)
  const card = (contactId: number) => world.actions.createDeal({ contactId, pipelineId, statusId: stages.fresh })
  const id = contact()
  buyer = { dealId: open(id), cardId: card(id) }
  const asleep = contact()
  bought(asleep, 100)
  sleeper = { cardId: card(asleep) }
  won = { cardId: card(contact()) }
  world.actions.winDeal({ dealId: won.cardId })
}
const statusOf = (dealId: number) => trial.world.leads.get(dealId)?.statusId

const policyWithCard = (): Policy => {
  const { fresh, again, asleep } = stages
  const statuses = { new: fresh, one_time: again, periodic: again, regular: again, sleeping: asleep }
  const base = defaultPolicy({ lossReasons: trial.world.lossReasons })
  return policySchema.parse({ ...base, card: { pipelineId: clientBase(trial.world).id, statuses } })
}

beforeAll(async () => {
  trial = await startTrial({ sandbox: { clients: 60, seed: 4 }, prepare: ({ world }) => prepare(world) })
  await install(trial)
  await expectAllRight(trial)
}, PATIENT.timeout)
afterAll(() => trial.close())

describe('the card of a client in the client-base pipeline', PATIENT, () => {
  it('stays where it is while no policy names the pipeline', () => {
    expect(statusOf(sleeper.cardId)).toBe(stages.fresh)
  })

  it('moves to the stage of its lifecycle segment when a policy names it', async () => {
    const policy = policyWithCard()
    const standing = await trial.policies.current(trial.accountId)
    await trial.policies.save(trial.accountId, standing?.version ?? 0, policy, 'test')
    trial.judge.use(policy)
    await trial.queues.add(trial.accountId, [backfillJob('policy')])
    await trial.watch.until(() => statusOf(sleeper.cardId) === stages.asleep, LIMIT_MS)
    await expectAllRight(trial)
    expect(statusOf(sleeper.cardId)).toBe(stages.asleep)
    expect(statusOf(buyer.cardId)).toBe(stages.fresh)
  })

  it('follows a purchase, and never leaves 142', async () => {
    trial.staff.winDeal({ dealId: buyer.dealId })
    await trial.watch.until(() => statusOf(buyer.cardId) === stages.again, LIMIT_MS)
    await expectAllRight(trial)
    expect(statusOf(buyer.cardId)).toBe(stages.again)
    expect(statusOf(won.cardId)).toBe(142)
  })

  it('comes back when somebody moves it elsewhere in its pipeline', async () => {
    trial.staff.moveDeal({ dealId: sleeper.cardId, statusId: stages.fresh })
    await trial.watch.until(() => statusOf(sleeper.cardId) === stages.asleep, LIMIT_MS)
    await expectAllRight(trial)
    expect(statusOf(sleeper.cardId)).toBe(stages.asleep)
  })
})
