import { describe, expect, it } from 'vitest'
import { faultsOf, idsOf, itemsOf, openSandbox } from './support/open-sandbox.ts'

async function withPeople() {
  const opened = await openSandbox()
  const { actions } = opened.sandbox.world
  const anna = actions.createContact({ name: 'Анна' })
  const petr = actions.createContact({ name: 'Пётр' })
  const deal = actions.createDeal({ contactId: anna })
  return { ...opened, world: opened.sandbox.world, actions, anna, petr, deal }
}

describe('the account', () => {
  it('says what it is, and more when asked', async () => {
    const { api } = await openSandbox({ accounts: [{ id: 77, subdomain: 'demo', timeZone: 'Asia/Omsk' }] })
    const plain = await api('GET', '/v4/account')
    expect(plain.json).toMatchObject({ id: 77, subdomain: 'demo', currency: 'RUB', customers_mode: 'disabled' })
    expect(plain.json).not.toHaveProperty('datetime_settings')
    const more = await api('GET', '/v4/account?with=datetime_settings,task_types')
    expect(more.json).toMatchObject({
      datetime_settings: { timezone: 'Asia/Omsk' },
      _embedded: { task_types: [{ id: 1 }, { id: 2 }] },
    })
  })

  it('has pipelines with an incoming stage and the two closing ones', async () => {
    const { api } = await openSandbox()
    const pipelines = itemsOf(await api('GET', '/v4/leads/pipelines'), 'pipelines')
    expect(pipelines.filter(({ is_main }) => is_main)).toHaveLength(1)
    for (const pipeline of pipelines) {
      const statuses = (pipeline._embedded as { statuses: { id: number; type: number }[] }).statuses
      expect(statuses.filter(({ type }) => type === 1)).toHaveLength(1)
      expect(statuses.map(({ id }) => id)).toEqual(expect.arrayContaining([142, 143]))
    }
  })

  it('has users, loss reasons and sources', async () => {
    const { api, sandbox } = await openSandbox()
    const users = itemsOf(await api('GET', '/v4/users'), 'users')
    expect(users).toMatchObject([
      { rights: { is_admin: true } },
      ...users.slice(1).map(() => ({ rights: { is_admin: false } })),
    ])
    expect(idsOf(await api('GET', '/v4/leads/loss_reasons'), 'loss_reasons')).toEqual(
      sandbox.world.lossReasons.map(({ id }) => id),
    )
    expect((await api('GET', '/v4/sources')).status).toBe(200)
  })

  it('has its customers switched off', async () => {
    const { api } = await openSandbox()
    expect((await api('GET', '/v4/customers')).status).toBe(422)
  })
})

describe('links', () => {
  it('are made, shown with the main contact, and undone', async () => {
    const { api, deal, anna, petr } = await withPeople()
    const body = [{ to_entity_id: petr, to_entity_type: 'contacts', metadata: { is_main: true } }]
    expect((await api('POST', `/v4/leads/${deal}/link`, body)).status).toBe(200)
    expect(itemsOf(await api('GET', `/v4/leads/${deal}/links`), 'links')).toMatchObject([
      { to_entity_id: anna, to_entity_type: 'contacts', metadata: { main_contact: false } },
      { to_entity_id: petr, to_entity_type: 'contacts', metadata: { main_contact: true } },
    ])
    expect((await api('POST', `/v4/leads/${deal}/unlink`, body)).status).toBe(204)
    expect(itemsOf(await api('GET', `/v4/contacts/${anna}/links`), 'links')).toMatchObject([{ to_entity_id: deal }])
    expect((await api('GET', `/v4/contacts/${petr}/links`)).status).toBe(204)
  })

  it('are listed for many cards at once', async () => {
    const { api, actions, deal, anna, petr } = await withPeople()
    const other = actions.createDeal({ contactId: petr })
    const query = `filter[entity_id][]=${deal}&filter[entity_id][]=${other}&filter[to_entity_type]=contacts`
    expect(itemsOf(await api('GET', `/v4/leads/links?${query}`), 'links')).toMatchObject([
      { entity_id: deal, to_entity_id: anna },
      { entity_id: other, to_entity_id: petr },
    ])
  })

  it('give a deal one company at most', async () => {
    const { api, actions, deal } = await withPeople()
    const [first, second] = [actions.createCompany(), actions.createCompany()]
    for (const id of [first, second]) {
      await api('POST', '/v4/leads/link', [{ entity_id: deal, to_entity_id: id, to_entity_type: 'companies' }])
    }
    expect((await api('GET', `/v4/leads/${deal}`)).json._embedded).toMatchObject({ companies: [{ id: second }] })
    expect((await api('GET', `/v4/companies/${first}?with=leads`)).json._embedded).toMatchObject({ leads: [] })
  })

  it.each([
    ['an unknown target', { to_entity_id: 1, to_entity_type: 'contacts' }],
    ['a type that cannot be linked', { to_entity_id: 1, to_entity_type: 'leads' }],
    ['no target', { to_entity_type: 'contacts' }],
  ])('are refused with %s', async (_, body) => {
    const { api, deal } = await withPeople()
    expect((await api('POST', `/v4/leads/${deal}/link`, [body])).status).toBe(400)
  })
})

describe('tasks', () => {
  it('are made, found by their card, and completed', async () => {
    const { api, anna } = await withPeople()
    const draft = { text: 'Позвонить', complete_till: 1_900_000_000, entity_id: anna, entity_type: 'contacts' }
    const [id] = idsOf(await api('POST', '/v4/tasks', [draft]), 'tasks')
    const open = `filter[entity_type]=contacts&filter[entity_id][]=${anna}&filter[is_completed]=0`
    expect(itemsOf(await api('GET', `/v4/tasks?${open}`), 'tasks')).toMatchObject([
      { id, text: 'Позвонить', is_completed: false },
    ])
    expect((await api('GET', `/v4/contacts/${anna}`)).json.closest_task_at).toBe(1_900_000_000)
    await api('PATCH', `/v4/tasks/${id}`, { is_completed: true, result: { text: 'Дозвонились' } })
    expect((await api('GET', `/v4/tasks?${open}`)).status).toBe(204)
    expect((await api('GET', `/v4/tasks/${id}`)).json).toMatchObject({
      is_completed: true,
      result: { text: 'Дозвонились' },
    })
    expect((await api('GET', `/v4/contacts/${anna}`)).json.closest_task_at).toBeNull()
  })

  it.each([
    ['no text', { complete_till: 1 }, 'text FieldMissing'],
    ['no instant', { text: 'a' }, 'complete_till FieldMissing'],
    [
      'an unknown card',
      { text: 'a', complete_till: 1, entity_id: 1, entity_type: 'leads' },
      'entity_id NotSupportedChoice',
    ],
  ])('are refused with %s', async (_, draft, fault) => {
    const { api } = await openSandbox()
    expect(faultsOf(await api('POST', '/v4/tasks', [draft]))).toEqual({ '0': [fault] })
  })

  it('are not looked for by card without its type, nor deleted', async () => {
    const { api } = await openSandbox()
    expect((await api('GET', '/v4/tasks?filter[entity_id][]=1')).status).toBe(400)
    expect((await api('DELETE', '/v4/tasks/1')).status).toBe(405)
  })
})

describe('notes', () => {
  it('are made and listed by card and kind', async () => {
    const { api, actions, anna, petr } = await withPeople()
    const note = { note_type: 'common', params: { text: 'Стал спящим' } }
    const [id] = idsOf(await api('POST', `/v4/contacts/${anna}/notes`, [note]), 'notes')
    const call = actions.incomingCall({ contactId: petr })
    expect(itemsOf(await api('GET', `/v4/contacts/${anna}/notes`), 'notes')).toMatchObject([
      { id, params: { text: 'Стал спящим' } },
    ])
    expect(idsOf(await api('GET', '/v4/contacts/notes?filter[note_type][]=call_in'), 'notes')).toEqual([call])
    expect(idsOf(await api('GET', '/v4/contacts/notes?order[id]=desc'), 'notes')).toEqual([call, id])
    expect((await api('GET', '/v4/leads/notes')).status).toBe(204)
  })

  it.each([
    ['an unknown kind', { note_type: 'song', params: { text: 'a' } }],
    ['no text', { note_type: 'common', params: {} }],
    ['no service', { note_type: 'service_message', params: { text: 'a' } }],
  ])('are refused with %s', async (_, note) => {
    const { api, anna } = await withPeople()
    expect((await api('POST', `/v4/contacts/${anna}/notes`, [note])).status).toBe(400)
  })
})

describe('events', () => {
  it('tell newest first what happened, by kind and card', async () => {
    const { api, actions, deal, anna } = await withPeople()
    actions.winDeal({ dealId: deal })
    actions.incomingMessage({ contactId: anna, dealId: deal })
    actions.setTags({ entityType: 'leads', id: deal, add: ['VIP'] })
    const all = itemsOf(await api('GET', `/v4/events?filter[entity]=lead&filter[entity_id][]=${deal}`), 'events')
    expect(all.map(({ type }) => type)).toEqual([
      'entity_tag_added',
      'incoming_chat_message',
      'lead_status_changed',
      'lead_added',
    ])
    const moved = await api('GET', '/v4/events?filter[type]=lead_status_changed,entity_merged')
    expect(itemsOf(moved, 'events')).toMatchObject([{ entity_id: deal, value_after: [{ lead_status: { id: 142 } }] }])
  })

  it('come a hundred at a time', async () => {
    const { api, actions } = await withPeople()
    for (let made = 0; made < 120; made += 1) actions.createCompany()
    const reply = await api('GET', '/v4/events?limit=250')
    expect(itemsOf(reply, 'events')).toHaveLength(100)
    expect(reply.json._links).toHaveProperty('next')
  })

  it.each(['filter[type]=nonsense', 'filter[entity]=ship', 'filter[colour]=red'])(
    'are refused for %s',
    async (query) => {
      const { api } = await openSandbox()
      expect((await api('GET', `/v4/events?${query}`)).status).toBe(400)
    },
  )
})

it('a bot is started on a deal and taken down', async () => {
  const { api, world, deal } = await withPeople()
  const reply = await api('POST', '/v2/salesbot/run', [{ bot_id: 5, entity_id: deal, entity_type: 2 }])
  expect(reply.status).toBe(202)
  expect(world.salesbotRuns).toEqual([{ botId: 5, entityId: deal, entityType: 2 }])
  expect((await api('POST', '/v2/salesbot/run', [{ bot_id: 5, entity_id: 1, entity_type: 2 }])).status).toBe(400)
})
