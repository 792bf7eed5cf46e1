import { describe, expect, it } from 'vitest'
import type { World } from '../../sandbox/world/world.ts'
import { faultsOf, idsOf, itemsOf, openSandbox } from './support/open-sandbox.ts'

/** A sandbox with one open deal. */
async function withDeal() {
  const opened = await openSandbox()
  const { world } = opened.sandbox
  const deal = world.actions.createDeal({ name: 'Сделка', price: 500, tags: ['чужой'] })
  const [first, second] = [...world.pipelines.values()]
  if (first === undefined || second === undefined) throw new Error('bare')
  return { ...opened, world, deal, first, second }
}

const tagsOf = (world: World, id: number): readonly (string | undefined)[] =>
  world.leads.get(id)?.tagIds.map((tag) => world.tags.leads.byId(tag)?.name) ?? []

describe('creating', () => {
  it('answers thinly and echoes request ids', async () => {
    const { api } = await openSandbox()
    const reply = await api('POST', '/v4/contacts', [{ name: 'Анна Белова', request_id: 'x' }, { first_name: 'Пётр' }])
    expect(itemsOf(reply, 'contacts')).toMatchObject([{ request_id: 'x' }, { request_id: '1' }])
    expect(Object.keys(itemsOf(reply, 'contacts')[0] ?? {}).sort()).toEqual(['_links', 'id', 'request_id'])
    const [id] = idsOf(reply, 'contacts')
    expect((await api('GET', `/v4/contacts/${id}`)).json).toMatchObject({ first_name: 'Анна', last_name: 'Белова' })
  })

  it('links a deal to contacts and a company, which later go through links only', async () => {
    const { api, sandbox } = await openSandbox()
    const { actions } = sandbox.world
    const [anna, petr, company] = [actions.createContact(), actions.createContact(), actions.createCompany()]
    const contacts = [{ id: anna }, { id: petr, is_main: true }]
    const made = await api('POST', '/v4/leads', [{ name: 'a', _embedded: { contacts, companies: [{ id: company }] } }])
    const [id] = idsOf(made, 'leads')
    const { json } = await api('GET', `/v4/leads/${id}?with=contacts`)
    expect(json._embedded).toMatchObject({
      contacts: [
        { id: anna, is_main: false },
        { id: petr, is_main: true },
      ],
      companies: [{ id: company }],
    })
    const later = await api('PATCH', '/v4/leads', [{ id, _embedded: { contacts: [{ id: anna }] } }])
    expect(faultsOf(later)).toEqual({ '0': ['_embedded.contacts FieldNotExpected'] })
  })

  it('starts a deal in the first stage of the main pipeline', async () => {
    const { api, sandbox } = await openSandbox()
    const [id = 0] = idsOf(await api('POST', '/v4/leads', [{ name: 'a' }]), 'leads')
    const { world } = sandbox
    expect(world.leads.get(id)).toMatchObject({
      pipelineId: world.mainPipeline.id,
      statusId: world.firstStatus(world.mainPipeline).id,
      closedAt: null,
    })
  })
})

describe('a change is refused', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown key', { colour: 'red' }, 'colour FieldNotExpected'],
    ['a read-only key', { group_id: 0 }, 'group_id FieldNotExpected'],
    ['a computed key', { is_deleted: false }, 'is_deleted FieldNotExpected'],
    ['a link of HAL', { _links: {} }, '_links FieldNotExpected'],
    ['the instant of creation', { created_at: 1 }, 'created_at FieldNotExpected'],
    ['somebody else as the author', { updated_by: 42 }, 'updated_by NotSupportedChoice'],
    ['an unknown user', { responsible_user_id: 42 }, 'responsible_user_id NotSupportedChoice'],
    ['a price in words', { price: '100' }, 'price InvalidType'],
    ['half a price', { price: 1.5 }, 'price InvalidType'],
    ['a name that is no text', { name: 5 }, 'name InvalidType'],
    ['an unknown stage', { status_id: 1 }, 'status_id NotSupportedChoice'],
    ['an unknown pipeline', { pipeline_id: 1 }, 'pipeline_id NotSupportedChoice'],
    ['a loss reason of an open deal', { loss_reason_id: 500_023 }, 'loss_reason_id NotSupportedChoice'],
    ['a loss reason of a won deal', { status_id: 142, loss_reason_id: 500_023 }, 'loss_reason_id NotSupportedChoice'],
    ['an unknown loss reason', { status_id: 143, loss_reason_id: 1 }, 'loss_reason_id NotSupportedChoice'],
    ['a closing instant of an open deal', { closed_at: 1_700_000_000 }, 'closed_at FieldNotExpected'],
    ['a colour in a tag', { tags_to_add: [{ name: 'a', color: null }] }, 'tags_to_add.0.color FieldNotExpected'],
    [
      'a request id in a tag',
      { _embedded: { tags: [{ name: 'a', request_id: '1' }] } },
      '_embedded.tags.0.request_id FieldNotExpected',
    ],
    ['an unknown tag id', { tags_to_add: [{ id: 1 }] }, 'tags_to_add.0.id NotSupportedChoice'],
    ['a blank tag', { tags_to_add: [{ name: ' ' }] }, 'tags_to_add.0.name NotBlank'],
    ['tags that are no list', { tags_to_add: 'a' }, 'tags_to_add InvalidType'],
  ])('for %s', async (_, change, fault) => {
    const { api, deal } = await withDeal()
    const reply = await api('PATCH', '/v4/leads', [{ id: deal, ...change }])
    expect(reply).toMatchObject({ status: 400, json: { title: 'Bad Request' } })
    expect(reply.type).toContain('application/problem+json')
    expect(faultsOf(reply)).toEqual({ '0': [fault] })
  })

  it('for a stage of another pipeline, unless that is named too', async () => {
    const { api, deal, second, world } = await withDeal()
    const status_id = world.firstStatus(second).id
    expect(faultsOf(await api('PATCH', '/v4/leads', [{ id: deal, status_id }]))).toHaveProperty('0')
    expect((await api('PATCH', '/v4/leads', [{ id: deal, status_id, pipeline_id: second.id }])).status).toBe(200)
    expect(world.leads.get(deal)).toMatchObject({ statusId: status_id, pipelineId: second.id })
  })

  it('for the stage of incoming leads', async () => {
    const { api, deal, first } = await withDeal()
    const status_id = first.statuses.find(({ type }) => type === 1)?.id
    expect((await api('PATCH', '/v4/leads', [{ id: deal, status_id }])).status).toBe(400)
  })

  it('for a card sent back as it was read', async () => {
    const { api, deal } = await withDeal()
    const { json } = await api('GET', `/v4/leads/${deal}`)
    expect((await api('PATCH', `/v4/leads/${deal}`, json)).status).toBe(400)
  })
})

describe('a batch', () => {
  it('fails as a whole and names its bad items', async () => {
    const { api, world, deal } = await withDeal()
    const other = world.actions.createDeal()
    const reply = await api('PATCH', '/v4/leads', [
      { id: deal, price: 1 },
      { id: other, colour: 'red', request_id: 'bad' },
      { price: 2 },
    ])
    expect(faultsOf(reply)).toEqual({ bad: ['colour FieldNotExpected'], '2': ['id FieldMissing'] })
    expect(world.leads.get(deal)?.price).toBe(500)
  })

  it('fails for an id that nobody has, or leaves it out', async () => {
    const { api } = await withDeal()
    expect(faultsOf(await api('PATCH', '/v4/leads', [{ id: 77, price: 1 }]))).toEqual({ '0': ['id NotFound'] })
    const lenient = await openSandbox({ doubts: { missingInBatch: 'omit' } })
    const id = lenient.sandbox.world.actions.createDeal()
    const reply = await lenient.api('PATCH', '/v4/leads', [
      { id: 77, price: 1 },
      { id, price: 1 },
    ])
    expect(idsOf(reply, 'leads')).toEqual([id])
  })

  it('fails for a deleted card', async () => {
    const { api, world, deal } = await withDeal()
    world.actions.remove({ entityType: 'leads', id: deal })
    expect((await api('PATCH', '/v4/leads', [{ id: deal, price: 1 }])).status).toBe(400)
    expect((await api('PATCH', `/v4/leads/${deal}`, { price: 1 })).status).toBe(404)
  })

  it.each([
    ['no list', { name: 'a' }, 400],
    ['nothing in it', [], 400],
    ['250 items', Array.from({ length: 250 }, () => ({ name: 'a' })), 200],
    ['251 items', Array.from({ length: 251 }, () => ({ name: 'a' })), 422],
  ])('with %s', async (_, body, status) => {
    const { api } = await openSandbox()
    expect((await api('POST', '/v4/companies', body)).status).toBe(status)
  })
})

describe('the stage of a deal', () => {
  it('sets the closing instant when won or lost, and clears it when reopened', async () => {
    let now = 1_790_000_000
    const { api, sandbox } = await openSandbox({ now: () => now * 1000 })
    const { world } = sandbox
    const id = world.actions.createDeal()
    const [reason] = world.lossReasons
    const stand = () => world.leads.get(id)
    now += 10
    await api('PATCH', '/v4/leads', [{ id, status_id: 142 }])
    expect(stand()).toMatchObject({ closedAt: now, updatedAt: now })
    now += 10
    await api('PATCH', '/v4/leads', [{ id, status_id: 143, loss_reason_id: reason?.id }])
    expect(stand()).toMatchObject({ closedAt: now, lossReasonId: reason?.id })
    await api('PATCH', '/v4/leads', [{ id, status_id: world.firstStatus(world.mainPipeline).id }])
    expect(stand()).toMatchObject({ closedAt: null, lossReasonId: null })
  })

  it('is the first of another pipeline when that alone is named', async () => {
    const { api, world, deal, second } = await withDeal()
    await api('PATCH', `/v4/leads/${deal}`, { pipeline_id: second.id })
    expect(world.leads.get(deal)?.statusId).toBe(world.firstStatus(second).id)
  })
})

describe('tags', () => {
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['added', { tags_to_add: [{ name: 'а' }, { name: 'б' }] }, ['чужой', 'а', 'б']],
    ['added twice', { tags_to_add: [{ name: 'чужой' }] }, ['чужой']],
    ['deleted', { tags_to_delete: [{ name: 'чужой' }] }, []],
    ['deleted though unknown', { tags_to_delete: [{ name: 'нет такого' }] }, ['чужой']],
    ['added and deleted', { tags_to_add: [{ name: 'а' }], tags_to_delete: [{ name: 'чужой' }] }, ['а']],
    ['replaced', { _embedded: { tags: [{ name: 'а' }] } }, ['а']],
    ['cleared', { _embedded: { tags: null } }, []],
    ['replaced, the rest ignored', { _embedded: { tags: [{ name: 'а' }] }, tags_to_add: [{ name: 'б' }] }, ['а']],
    ['left alone', { price: 1 }, ['чужой']],
  ])('are %s', async (_, change, expected) => {
    const { api, world, deal } = await withDeal()
    expect((await api('PATCH', '/v4/leads', [{ id: deal, ...change }])).status).toBe(200)
    expect(tagsOf(world, deal)).toEqual(expected)
  })

  it('can be named by id', async () => {
    const { api, world, deal } = await withDeal()
    const id = world.tags.leads.byName('чужой')?.id
    await api('PATCH', `/v4/leads/${deal}`, { tags_to_delete: [{ id }] })
    expect(tagsOf(world, deal)).toEqual([])
  })

  it('are not made by deleting them', async () => {
    const { api, world, deal } = await withDeal()
    await api('PATCH', `/v4/leads/${deal}`, { tags_to_delete: [{ name: 'новый' }] })
    expect(world.tags.leads.byName('новый')).toBeUndefined()
  })

  it('of two entity types with one name have two ids', async () => {
    const { api } = await openSandbox()
    const [lead] = idsOf(await api('POST', '/v4/leads/tags', [{ name: 'VIP', color: 'FF8F92' }]), 'tags')
    const [again] = idsOf(await api('POST', '/v4/leads/tags', [{ name: 'VIP' }]), 'tags')
    const [contact] = idsOf(await api('POST', '/v4/contacts/tags', [{ name: 'VIP' }]), 'tags')
    expect(again).toBe(lead)
    expect(contact).not.toBe(lead)
    const listed = await api('GET', '/v4/leads/tags?filter[name]=VIP')
    expect(itemsOf(listed, 'tags')).toMatchObject([{ id: lead, name: 'VIP', color: 'FF8F92' }])
    expect(idsOf(await api('GET', '/v4/contacts/tags?query=vi'), 'tags')).toEqual([contact])
  })

  it.each([
    ['a colour that is not on the list', 'leads', { name: 'a', color: 'FFFFFF' }],
    ['a colour outside of deals', 'contacts', { name: 'a', color: 'FF8F92' }],
    ['no name', 'leads', {}],
  ])('are refused with %s', async (_, type, tag) => {
    const { api } = await openSandbox()
    expect((await api('POST', `/v4/${type}/tags`, [tag])).status).toBe(400)
  })
})

it('a change of nothing still moves the instant of change, or does not', async () => {
  let now = 1_790_000_000
  for (const emptyPatch of ['touch', 'ignore'] as const) {
    const { api, sandbox } = await openSandbox({ now: () => now * 1000, doubts: { emptyPatch } })
    const id = sandbox.world.actions.createContact({ name: 'Анна' })
    const made = now
    now += 60
    await api('PATCH', `/v4/contacts/${id}`, { name: 'Анна' })
    expect(sandbox.world.contacts.get(id)?.updatedAt).toBe(emptyPatch === 'touch' ? now : made)
  }
})

it('one changed contact is answered as a list, one changed deal as an object', async () => {
  const { api, world, deal } = await withDeal()
  const contact = world.actions.createContact()
  expect(idsOf(await api('PATCH', `/v4/contacts/${contact}`, { name: 'a' }), 'contacts')).toEqual([contact])
  expect((await api('PATCH', `/v4/leads/${deal}`, { name: 'a' })).json).toMatchObject({ id: deal })
})
