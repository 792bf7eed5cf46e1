import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { clientKey } from '../../src/store/client-key.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { applyPolicy, type PolicyChange } from '../../src/sync/apply-policy.ts'
import { undoJob } from '../../src/sync/job-catalog.ts'
import { preview } from '../../src/sync/preview.ts'
import { TRIAL_CLIENTS } from '../../src/sync/preview-trial.ts'
import { heldUnder, pendingRollout } from '../../src/sync/rollout.ts'
import { lookAt } from '../http/api/support/small-clients.ts'
import { contact } from '../support/test-context.ts'
import { type TestOffice, testOffice } from '../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const CLIENTS = Array.from({ length: TRIAL_CLIENTS + 15 }, (_, index) => index + 1)
const LEAD: PolicyInput = { targets: { lifecycle: { names: { new: 'Лид' } } } }
const NAME: PolicyInput = { targets: { lifecycle: { field: 77 } }, language: 'en' }

let test: TestRedis
let office: TestOffice

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  office = await testOffice(test.redis, test.root)
  for (const id of CLIENTS) office.world.addContact(id)
  await lookAt(office, CLIENTS)
})
afterEach(() => office.close())
afterAll(() => test.close())

const installed = async (): Promise<AccountContext> => {
  office.contexts.drop(office.context.id)
  const context = await office.contexts.get(office.context.id)
  if (!context) throw new Error('the account is not installed')
  return context
}
const parts = () => ({ policies: office.policies, queues: office.queues, requestsPerSecond: 7 })
const apply = async (policy: unknown, part: Partial<PolicyChange> = {}) =>
  applyPolicy(await installed(), parts(), {
    ...{ policy, base: 0, author: 'Anna', scope: 'trial', previewed: null },
    ...part,
  })
const bearing = (tag: string) => CLIENTS.filter((id) => office.world.tags('contacts', id).includes(tag))

it('brings a policy to the clients that its preview names, and to nobody else', async () => {
  const { policy } = office.withPolicy(LEAD)
  const { trial, fingerprint, cost } = await preview(await installed(), policy, parts())
  expect([trial.length, cost.clients]).toEqual([TRIAL_CLIENTS, CLIENTS.length])
  const worker = office.openWorker()
  expect(await apply(LEAD, { previewed: fingerprint })).toMatchObject({ type: 'applied', version: 1 })
  await office.idle()
  expect(bearing('Лид')).toEqual(trial.map(({ id }) => id).toSorted((one, other) => one - other))
  expect(bearing('Новый')).toHaveLength(CLIENTS.length - TRIAL_CLIENTS)
  await lookAt(office, CLIENTS)
  expect(bearing('Лид')).toHaveLength(TRIAL_CLIENTS)
  await worker.close()
})

it('goes on to everyone when the same policy is applied to all', async () => {
  office.openWorker()
  await apply(LEAD)
  await office.idle()
  expect((await preview(await installed(), office.withPolicy(LEAD).policy, parts())).cost.clients).toBe(15)
  await apply(LEAD, { base: 1, scope: 'all' })
  await office.idle()
  expect(bearing('Лид')).toEqual(CLIENTS)
})

it('is taken back from those few', async () => {
  office.openWorker()
  await apply(LEAD)
  await office.idle()
  await office.queues.add(office.context.id, [undoJob('policy-1')])
  await office.idle()
  expect([bearing('Лид'), bearing('Новый')]).toEqual([[], CLIENTS])
})

it('draws the same clients for the same preview, and others for another policy', async () => {
  const drawn = async (policy: PolicyInput) =>
    (await preview(await installed(), office.withPolicy(policy).policy, parts())).trial.map(clientKey)
  expect(await drawn(LEAD)).toEqual(await drawn(LEAD))
  expect(await drawn(LEAD)).not.toEqual(await drawn(NAME))
})

it('holds for a reading of the base too', async () => {
  const work = 'backfill' as const
  const rollout = { scope: 'trial', work, clients: ['c1'] } as const
  const pending = await pendingRollout({ ...(await installed()), policyVersion: 2, rollout })
  if (!pending) throw new Error('the rollout is not pending')
  expect([heldUnder(pending, contact(1)), heldUnder(pending, contact(2))]).toEqual(['release', 'hold'])
})
