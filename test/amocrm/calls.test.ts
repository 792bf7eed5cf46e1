import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { LoopbackAmo, type Reply } from './support/loopback-amo.ts'
import { testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let amo: LoopbackAmo

beforeAll(async () => {
  testRedis = await connectTestRedis()
  amo = await LoopbackAmo.start(() => ({}))
})
beforeEach(() => {
  amo.arrivals.length = 0
})
afterAll(async () => {
  await amo.close()
  await testRedis.close()
})

const newApi = (options?: Parameters<typeof testAccount>[2]) => testAccount(testRedis, amo.origin, options).api
const list = (name: string, items: readonly object[], next = false): Reply => ({
  json: { _embedded: { [name]: items }, ...(next ? { _links: { next: { href: 'x' } } } : {}) },
})
const reply = (answer: Reply) => {
  amo.handler = () => answer
}
const queryOf = (index = 0) => Object.fromEntries(amo.arrivals[index]?.query ?? [])

describe('pages', () => {
  it('of deals come by update, with links and the next page', async () => {
    reply(
      list(
        'leads',
        [
          { id: 1, status_id: 2, pipeline_id: 3 },
          { id: 4, is_deleted: true },
        ],
        true,
      ),
    )
    const page = await newApi().leads({ page: 3, updatedFrom: 77, order: 'updated_at' }, 'backfill')
    expect(page.items.map(({ id }) => id)).toEqual([1])
    expect(page.hasNext).toBe(true)
    expect(queryOf()).toEqual({
      page: '3',
      limit: '250',
      with: 'contacts,source_id',
      'filter[updated_at][from]': '77',
      'order[updated_at]': 'asc',
    })
  })

  it('of the bin hold what is deleted', async () => {
    reply(list('leads', [{ id: 4, status_id: 2, pipeline_id: 3, is_deleted: true }]))
    const page = await newApi().leads({ page: 1, limit: 50, deleted: true }, 'due')
    expect(page.items.map(({ id }) => id)).toEqual([4])
    expect(queryOf()).toMatchObject({ with: 'contacts,source_id,only_deleted', limit: '50' })
  })

  it('that are empty are 204', async () => {
    reply({ status: 204 })
    expect(await newApi().contacts({ page: 9 }, 'due')).toEqual({ items: [], hasNext: false })
    expect(await newApi().companies({ page: 9 }, 'due')).toEqual({ items: [], hasNext: false })
  })

  it('keep the fields that are of use, which may change', async () => {
    reply(list('contacts', [{ id: 1, custom_fields_values: [{ field_id: 5, values: [{ value: 'a' }] }] }]))
    const keepFields = { contacts: new Set<number>() }
    const api = newApi({ keepFields })
    expect((await api.contacts({ page: 1 }, 'due')).items[0]?.fields).toEqual({})
    keepFields.contacts.add(5)
    expect((await api.contacts({ page: 1 }, 'due')).items[0]?.fields).toEqual({ 5: { values: ['a'] } })
  })
})

describe('structure', () => {
  it('users are read over all pages', async () => {
    amo.handler = ({ query }) =>
      query.get('page') === '1'
        ? list('users', [{ id: 1, name: 'A', rights: { is_admin: true } }], true)
        : list('users', [{ id: 2, name: 'B', rights: null }, { name: 'no id' }])
    expect(await newApi().users()).toEqual([
      { id: 1, name: 'A', isAdmin: true },
      { id: 2, name: 'B', isAdmin: false },
    ])
  })

  it('pipelines come with their stages', async () => {
    const statuses = [
      { id: 142, name: 'Успех', sort: 10000, type: 0 },
      { id: 7, name: 'Неразобранное', sort: 10, type: 1 },
    ]
    reply(list('pipelines', [{ id: 3, name: 'П', sort: 1, is_main: true, _embedded: { statuses } }]))
    expect(await newApi().pipelines()).toEqual([{ id: 3, name: 'П', sort: 1, isMain: true, statuses }])
  })

  it('loss reasons are none where they are off', async () => {
    reply({ status: 404, json: {} })
    expect(await newApi().lossReasons()).toEqual([])
    reply(list('loss_reasons', [{ id: 1, name: 'Дорого' }]))
    expect(await newApi().lossReasons()).toEqual([{ id: 1, name: 'Дорого' }])
  })

  it('sources are none where nobody has made any', async () => {
    reply({ status: 204 })
    expect(await newApi().sources()).toEqual([])
    reply(list('sources', [{ id: 7, name: 'Сайт', external_id: 'site' }]))
    expect(await newApi().sources()).toEqual([{ id: 7, name: 'Сайт' }])
  })

  it('custom fields come with code, type and options', async () => {
    reply(
      list('custom_fields', [
        { id: 1, name: 'F', code: null, type: 'select', enums: [{ id: 5, value: 'x', sort: 1 }] },
        { id: 2, name: 'P', code: 'PHONE', type: 'multitext', enums: null },
      ]),
    )
    expect(await newApi().customFields('contacts')).toEqual([
      { id: 1, name: 'F', code: null, type: 'select', enums: [{ id: 5, value: 'x' }] },
      { id: 2, name: 'P', code: 'PHONE', type: 'multitext', enums: [] },
    ])
    expect(amo.calls).toEqual(['GET /api/v4/contacts/custom_fields'])
  })
})

describe('communications', () => {
  it('of events are incoming messages and calls, newest first, whatever else comes', async () => {
    reply(
      list(
        'events',
        [
          { type: 'incoming_call', entity_id: 1, entity_type: 'lead', created_at: 10 },
          { type: 'incoming_chat_message', entity_id: 2, entity_type: 'contact', created_at: 30 },
          { type: 'lead_added', entity_id: 3, entity_type: 'lead', created_at: 40 },
          { type: 'incoming_call', entity_id: 4, entity_type: 'customer', created_at: 50 },
        ],
        true,
      ),
    )
    expect(await newApi().communications('events', 2)).toEqual({
      items: [
        { entityType: 'contacts', entityId: 2, at: 30 },
        { entityType: 'leads', entityId: 1, at: 10 },
      ],
      hasNext: true,
    })
    expect(queryOf()).toMatchObject({ page: '2', limit: '100' })
  })

  it.each([
    ['lead_notes', 'leads'],
    ['contact_notes', 'contacts'],
  ] as const)('of %s are calls in', async (source, entityType) => {
    reply(
      list('notes', [
        { note_type: 'call_in', entity_id: 1, created_at: 5 },
        { note_type: 'common', entity_id: 2, created_at: 6 },
      ]),
    )
    expect((await newApi().communications(source, 1)).items).toEqual([{ entityType, entityId: 1, at: 5 }])
    expect(queryOf()).toMatchObject({ limit: '250', 'filter[note_type][]': 'call_in', 'order[id]': 'desc' })
  })

  it.each([400, 402, 403, 404])('are none where amoCRM answers %s', async (status) => {
    reply({ status, json: {} })
    expect(await newApi().communications('events', 1)).toEqual({ items: [], hasNext: false })
  })

  it('of a blocked account are an error all the same', async () => {
    reply({ status: 403, html: '<html>' })
    await expect(newApi().communications('events', 1)).rejects.toMatchObject({ code: 'blocked' })
  })
})

describe('subscriptions', () => {
  const HOOK = 'https://app.example/hooks/x'
  const settings = ['add_lead', 'update_lead']

  it('are listed', async () => {
    reply(list('webhooks', [{ destination: HOOK, settings, disabled: true }]))
    expect(await newApi().webhooks()).toEqual([{ destination: HOOK, settings, disabled: true }])
  })

  it('are made by one call when amoCRM confirms them, or says nothing', async () => {
    reply({ status: 201, json: { destination: HOOK, settings: settings.toReversed(), disabled: false } })
    await newApi().subscribe(HOOK, settings)
    reply({ status: 201, json: {} })
    await newApi().subscribe(HOOK, settings)
    expect(amo.arrivals.map(({ method, body }) => [method, body])).toEqual([
      ['POST', { destination: HOOK, settings }],
      ['POST', { destination: HOOK, settings }],
    ])
  })

  it.each([
    ['old settings remain', { settings: [...settings, 'add_task'], disabled: false }],
    ['it stays disabled', { settings, disabled: true }],
  ])('are made anew when %s', async (_, webhook) => {
    reply({ json: { destination: HOOK, ...webhook } })
    await newApi().subscribe(HOOK, settings)
    expect(amo.arrivals.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'POST'])
  })

  it('end, also when there was none', async () => {
    reply({ status: 404, json: {} })
    await newApi().unsubscribe(HOOK)
    expect(amo.arrivals).toMatchObject([{ method: 'DELETE', body: { destination: HOOK } }])
  })
})

describe('actions', () => {
  it('a card is made with its client and tags', async () => {
    reply(list('leads', [{ id: 9, request_id: '0' }]))
    const draft = {
      name: 'К',
      pipelineId: 1,
      statusId: 2,
      responsibleUserId: 3,
      contactId: 4,
      companyId: null,
      tags: ['Новый'],
    }
    expect(await newApi().createLead(draft, 'due')).toBe(9)
    expect(
      await newApi().createLead({ ...draft, responsibleUserId: 0, contactId: null, companyId: 5, tags: [] }, 'due'),
    ).toBe(9)
    expect(amo.arrivals.map(({ body }) => body)).toEqual([
      [
        {
          name: 'К',
          pipeline_id: 1,
          status_id: 2,
          responsible_user_id: 3,
          _embedded: { contacts: [{ id: 4, is_main: true }], tags: [{ name: 'Новый' }] },
        },
      ],
      [{ name: 'К', pipeline_id: 1, status_id: 2, _embedded: { companies: [{ id: 5 }] } }],
    ])
  })

  it('a task is made, and open ones are found among others', async () => {
    reply(list('tasks', [{ id: 6 }]))
    const draft = { text: 't', completeTill: 99, entityType: 'contacts', entityId: 5 } as const
    expect(await newApi().createTask({ ...draft, taskTypeId: 1, responsibleUserId: 3 })).toBe(6)
    expect(amo.arrivals[0]?.body).toEqual([
      { text: 't', complete_till: 99, entity_id: 5, entity_type: 'contacts', task_type_id: 1, responsible_user_id: 3 },
    ])
    reply(
      list('tasks', [
        { id: 1, entity_id: 5, text: 'a', is_completed: false },
        { id: 2, entity_id: 5, is_completed: true },
        { id: 3, entity_id: 6, is_completed: false },
      ]),
    )
    expect(await newApi().openTasks('contacts', 5)).toEqual([{ id: 1, text: 'a', entityId: 5, isCompleted: false }])
  })

  it('a note is made and read', async () => {
    reply(
      list('notes', [
        { id: 7, params: { text: 'hi' } },
        { id: 8, params: null },
      ]),
    )
    expect(await newApi().createNote('leads', 5, 'hi')).toBe(7)
    expect(await newApi().notes('leads', 5)).toEqual([
      { id: 7, text: 'hi' },
      { id: 8, text: '' },
    ])
    expect(amo.calls).toEqual(['POST /api/v4/leads/5/notes', 'GET /api/v4/leads/5/notes'])
    expect(amo.arrivals[0]?.body).toEqual([{ note_type: 'common', params: { text: 'hi' } }])
  })

  it('a bot is started, whatever the body of the 202', async () => {
    reply({ status: 202, html: 'ok' })
    await newApi().runSalesbot(3, 'contacts', 5)
    await newApi().runSalesbot(3, 'leads', 6)
    expect(amo.arrivals.map(({ path, body }) => [path, body])).toEqual([
      ['/api/v2/salesbot/run', [{ bot_id: 3, entity_id: 5, entity_type: 1 }]],
      ['/api/v2/salesbot/run', [{ bot_id: 3, entity_id: 6, entity_type: 2 }]],
    ])
  })

  it('whose answer names no id is an error that says to look', async () => {
    reply({ json: {} })
    await expect(newApi().createNote('leads', 5, 'hi')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
