import { afterAll, beforeAll, expect, it } from 'vitest'
import { FACT_TYPES } from '../../../src/segmentation/rules/fact-types.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
  await addClients(api)
})
afterAll(() => api.close())

const catalogue = async () =>
  (await api.app.inject({ url: api.path('/catalogue'), headers: api.as(SALESPERSON) })).json()

it('tells anybody of the account of each fact how it can be compared, custom fields included', async () => {
  const { facts } = await catalogue()
  const named = (name: string) => facts.find((fact: { name: string }) => fact.name === name)
  expect(named('ltv')).toMatchObject({ of: 'client', type: 'number', ops: [...FACT_TYPES.number.ops] })
  expect(named('pipeline')).toMatchObject({ of: 'deal', reference: 'pipeline' })
  expect(named('lifecycle').choices).toContain('sleeping')
  expect(named('field:77')).toMatchObject({
    ...{ of: 'client', type: 'option', options: [{ id: 771, value: 'Новый' }, { id: 772 }] },
    field: { entity: 'contact', name: 'Сегмент' },
  })
})

it('lists the tags that are in use', async () => {
  api.mine.world.addContact(9, { tags: ['VIP'] })
  api.mine.world.addLead(900, { contacts: [{ id: 9, isMain: true }], tags: ['опт'] })
  await lookAt(api.mine, [9])
  const { tags } = await catalogue()
  expect([tags.client, tags.deal]).toEqual([expect.arrayContaining(['VIP']), expect.arrayContaining(['опт'])])
})
