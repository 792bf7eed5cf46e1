import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY, mainContact } from '../../support/test-context.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
  await addClients(api)
})
afterAll(() => api.close())

const suggestion = async () =>
  (await api.app.inject({ url: api.path('/policy/rfm'), headers: api.as(SALESPERSON) })).json()

it('suggests bounds of the RFM scores from the buyers there are, once there are enough of them', async () => {
  expect(await suggestion()).toEqual({ buyers: 3, bounds: null })
  const ids = Array.from({ length: 40 }, (_, index) => 100 + index)
  for (const [index, id] of ids.entries()) {
    const closedAt = api.mine.world.now - (index + 1) * DAY
    api.mine.world.addContact(id)
    const deal = { contacts: mainContact(id), statusId: 142, closedAt, createdAt: closedAt, price: 100 * (index + 1) }
    api.mine.world.addLead(id * 100, deal)
  }
  await lookAt(api.mine, ids)
  const { buyers, bounds } = await suggestion()
  expect(buyers).toBe(43)
  for (const rising of Object.values<number[]>(bounds)) {
    expect(rising).toHaveLength(4)
    expect(rising.toSorted((one, other) => one - other)).toEqual(rising)
  }
  expect(bounds.recencyDays[0]).toBeGreaterThan(5)
  expect(bounds.recencyDays[3]).toBeLessThan(60)
})
