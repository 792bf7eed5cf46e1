import { afterEach, beforeEach, expect, it } from 'vitest'

import { look } from '../../../src/sync/look.ts'
import { DAY, mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  const closedAt = api.mine.world.now - 60 * DAY
  for (const id of [1, 2, 3]) {
    api.mine.world.addContact(id)
    const deal = { contacts: mainContact(id), statusId: 142, closedAt, createdAt: closedAt, price: 1_000 }
    api.mine.world.addLead(id * 100, deal)
  }
  await lookAt(api.mine, [1, 2, 3])
})
afterEach(() => api.close())

const get = (tail: string) => api.app.inject({ url: api.path(tail), headers: api.as(SALESPERSON) })
const outlook = async (run: string) => (await get(`/runs/${run}/undo`)).json()
const applySleepy = async () => {
  const payload = { policy: { sleeping: { mode: 'fixed', days: 30 } }, base: 0 }
  await api.app.inject({ method: 'POST', url: api.path('/policy/apply'), headers: api.as(ADMIN), payload })
  const worker = api.mine.openWorker()
  await api.mine.idle()
  await worker.close()
}

it('tells before an undo what it would take back, and what not and why', async () => {
  await applySleepy()
  expect(await outlook('policy-1')).toMatchObject({ entities: 3, looked: 3, restored: 3, leftCount: 0, keptCount: 0 })
  api.mine.world.changeContact(2, { tags: ['Мой'] })
  api.mine.world.changeContact(3, { tags: [...api.mine.world.tags('contacts', 3), 'стоп-сегмент'] })
  for (const id of [2, 3]) await look(api.mine.context, { entity: 'contact', id, incoming: false })
  await api.mine.context.journal.recordMade(api.mine.context.id, {
    ...{ client: { kind: 'contact', id: 1 }, run: 'policy-1', type: 'task', actionId: 'call', made: 'task 17' },
  })
  const calls = api.mine.api.count()
  const told = await outlook('policy-1')
  expect(told).toMatchObject({ restored: 1, leftCount: 2, keptCount: 1, kept: [{ type: 'task', made: 'task 17' }] })
  expect(told.left).toContainEqual(expect.objectContaining({ entityId: 2, outcome: 'changed_since' }))
  expect(told.left).toContainEqual(expect.objectContaining({ entityId: 3, outcome: 'frozen' }))
  expect(api.mine.api.count()).toBe(calls)
})

it('is told of runs that can be taken back alone', async () => {
  expect((await get('/runs/nothing/undo')).json().code).toBe('run_unknown')
  await applySleepy()
  await api.mine.context.runs.asked(api.mine.context.id, 'undo-policy-1', 'Anna', api.mine.clock.now)
  expect((await get('/runs/undo-policy-1/undo')).json().code).toBe('run_not_undoable')
})
