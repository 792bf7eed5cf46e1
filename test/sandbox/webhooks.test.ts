import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../../sandbox/options.ts'
import { receiveHooks } from './support/hook-receiver.ts'
import { faultsOf, itemsOf, openSandbox } from './support/open-sandbox.ts'

const EVERYTHING = [
  ...['lead', 'contact', 'company'].flatMap((name) =>
    ['add', 'update', 'delete', 'restore', 'responsible', 'note'].map((action) => `${action}_${name}`),
  ),
  ...['status_lead', 'add_task', 'update_task', 'add_message', 'add_talk', 'update_talk'],
]

/** A sandbox that sends everything to a receiver. */
async function subscribed(options: SandboxOptions = {}, settings: readonly string[] = EVERYTHING) {
  const opened = await openSandbox(options)
  const receiver = await receiveHooks()
  const reply = await opened.api('POST', '/v4/webhooks', { destination: receiver.address, settings })
  expect(reply.status).toBe(201)
  const { world, hooks } = opened.sandbox
  return { ...opened, receiver, world, actions: world.actions, idle: () => hooks.idle() }
}

describe('a subscription', () => {
  it('is made, listed, changed and ended', async () => {
    const { api } = await openSandbox()
    const destination = 'https://product.example/hooks/1/secret'
    const made = await api('POST', '/v4/webhooks', { destination, settings: ['add_lead'], sort: 5 })
    expect(made).toMatchObject({ status: 201, json: { destination, settings: ['add_lead'], disabled: false, sort: 5 } })
    const again = await api('POST', '/v4/webhooks', { destination, settings: ['update_lead'] })
    expect(again).toMatchObject({ status: 200, json: { id: made.json.id, settings: ['update_lead'] } })
    const query = `filter[destination]=${encodeURIComponent(destination)}`
    expect(itemsOf(await api('GET', `/v4/webhooks?${query}`), 'webhooks')).toHaveLength(1)
    expect((await api('DELETE', '/v4/webhooks', { destination })).status).toBe(204)
    expect((await api('DELETE', '/v4/webhooks', { destination })).status).toBe(404)
    expect((await api('GET', '/v4/webhooks')).status).toBe(204)
  })

  it.each([
    [
      'an unknown event',
      { destination: 'https://a.example', settings: ['add_lead', 'paint_lead'] },
      'settings.1 NotSupportedChoice',
    ],
    ['no event', { destination: 'https://a.example', settings: [] }, 'settings InvalidType'],
    ['no address', { destination: 'nowhere', settings: ['add_lead'] }, 'destination InvalidUrl'],
    [
      'an unknown key',
      { destination: 'https://a.example', settings: ['add_lead'], secret: 'a' },
      'secret FieldNotExpected',
    ],
  ])('is refused with %s', async (_, body, fault) => {
    const { api } = await openSandbox()
    const reply = await api('POST', '/v4/webhooks', body)
    expect(reply.status).toBe(400)
    expect(faultsOf(reply)).toEqual({ '0': [fault] })
  })

  it('is refused by an account that does not know an event others know', async () => {
    const { api } = await openSandbox({ accounts: [{ refusedHookSettings: ['add_message'] }] })
    const body = { destination: 'https://a.example', settings: ['add_message'] }
    expect((await api('POST', '/v4/webhooks', body)).status).toBe(400)
  })

  it('is the admin’s right, and a matter of the plan', async () => {
    const { sandbox, apiAs } = await openSandbox({ accounts: [{ id: 1 }, { id: 2, hasWebhooks: false }] })
    const user = sandbox.world.users.find(({ isAdmin }) => !isAdmin)
    const employee = apiAs(sandbox.longLivedToken(user === undefined ? {} : { userId: user.id }))
    expect((await employee('GET', '/v4/webhooks')).status).toBe(403)
    const poor = apiAs(sandbox.longLivedToken({ accountId: 2 }))
    expect((await poor('GET', '/v4/webhooks')).status).toBe(402)
  })

  it('is one of a hundred at most', async () => {
    const { api } = await openSandbox()
    const post = (at: number) =>
      api('POST', '/v4/webhooks', { destination: `https://a.example/${at}`, settings: ['add_lead'] })
    for (let at = 0; at < 100; at += 1) await post(at)
    expect((await post(100)).status).toBe(422)
  })
})

describe('a change is told', () => {
  type Scene = Awaited<ReturnType<typeof subscribed>> & { anna: number; petr: number; deal: number }
  it.each<[string, (scene: Scene) => unknown, readonly string[]]>([
    ['a new deal', ({ actions }) => actions.createDeal(), ['leads.add']],
    ['a won deal', ({ actions, deal }) => actions.winDeal({ dealId: deal }), ['leads.status', 'leads.update']],
    ['another price', ({ actions, deal }) => actions.changePrice({ dealId: deal, price: 7 }), ['leads.update']],
    [
      'another responsible of a deal',
      ({ actions, deal, world }) =>
        actions.changeResponsible({ entityType: 'leads', id: deal, userId: world.users[1]?.id ?? 0 }),
      ['leads.responsible', 'leads.update'],
    ],
    [
      'another responsible of a contact',
      ({ actions, anna, world }) =>
        actions.changeResponsible({ entityType: 'contacts', id: anna, userId: world.users[1]?.id ?? 0 }),
      ['contacts.update'],
    ],
    [
      'a tag by hand',
      ({ actions, anna }) => actions.setTags({ entityType: 'contacts', id: anna, add: ['VIP'] }),
      ['contacts.update'],
    ],
    ['a phone', ({ actions, anna }) => actions.changePhone({ contactId: anna, phone: '+7900' }), ['contacts.update']],
    ['a new company', ({ actions }) => actions.createCompany(), ['contacts.add']],
    ['a deal in the bin', ({ actions, deal }) => actions.remove({ entityType: 'leads', id: deal }), ['leads.delete']],
    [
      'a contact in the bin and back',
      ({ actions, anna }) => {
        actions.remove({ entityType: 'contacts', id: anna })
        actions.restore({ entityType: 'contacts', id: anna })
      },
      ['contacts.delete', 'contacts.restore'],
    ],
    [
      'a link',
      ({ actions, deal, petr }) => actions.linkContact({ dealId: deal, contactId: petr }),
      ['contacts.update', 'leads.update'],
    ],
    [
      'a merge',
      ({ actions, anna, petr }) => actions.mergeContacts({ winnerId: petr, loserId: anna }),
      ['contacts.delete', 'contacts.update'],
    ],
    ['a message', ({ actions, anna }) => actions.incomingMessage({ contactId: anna }), ['message.add', 'talk.add']],
    ['a call', ({ actions, anna }) => actions.incomingCall({ contactId: anna }), ['contacts.note']],
    [
      'a write of the integration',
      ({ api, deal }) => api('PATCH', '/v4/leads', [{ id: deal, price: 9 }]),
      ['leads.update'],
    ],
    [
      'a batch of the integration, one by one',
      ({ api, anna, petr }) =>
        api(
          'PATCH',
          '/v4/contacts',
          [anna, petr].map((id) => ({ id, tags_to_add: [{ name: 'a' }] })),
        ),
      ['contacts.update', 'contacts.update'],
    ],
    [
      'a task',
      ({ api, anna }) =>
        api('POST', '/v4/tasks', [{ text: 'a', complete_till: 1, entity_id: anna, entity_type: 'contacts' }]),
      ['task.add'],
    ],
  ])('%s', async (_, act, expected) => {
    const scene = await subscribed()
    const anna = scene.actions.createContact({ name: 'Анна' })
    const petr = scene.actions.createContact({ name: 'Пётр' })
    const deal = scene.actions.createDeal({ contactId: anna })
    await scene.idle()
    scene.receiver.hooks.length = 0
    await act({ ...scene, anna, petr, deal })
    await scene.idle()
    expect([...scene.receiver.names()].sort()).toEqual(expected)
  })

  it('to those who asked for it only', async () => {
    const { actions, receiver, idle } = await subscribed({}, ['status_lead'])
    const deal = actions.createDeal()
    actions.winDeal({ dealId: deal })
    actions.changePrice({ dealId: deal, price: 1 })
    await idle()
    expect(receiver.names()).toEqual(['leads.status'])
  })
})

describe('a body', () => {
  it('of a deal is form-encoded, the account first, without contacts and closing instant', async () => {
    const { actions, receiver, idle, world } = await subscribed()
    const contactId = actions.createContact()
    const deal = actions.createDeal({ name: 'Стол (дуб) & Ко', price: 500, contactId, tags: ['VIP'] })
    await idle()
    const hook = receiver.hooks.find(({ name }) => name === 'leads.add')
    expect(hook?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'amoCRM-Webhooks/3.0',
    })
    expect(hook?.headers['x-amocrm-requestid']).toMatch(/^[0-9a-f-]{36}$/)
    expect(hook?.pairs.slice(0, 2)).toEqual([
      ['account[subdomain]', world.account.subdomain],
      ['account[id]', String(world.account.id)],
    ])
    expect(hook?.value('leads[add][0][id]')).toBe(String(deal))
    expect(hook?.value('leads[add][0][name]')).toBe('Стол (дуб) & Ко')
    expect(hook?.value('leads[add][0][tags][0][name]')).toBe('VIP')
    expect(hook?.pairs.filter(([key]) => /contact|closed_at|company/.test(key))).toEqual([])
  })

  it('of a move has the old stage in both hooks', async () => {
    const { actions, receiver, idle, world } = await subscribed()
    const dealId = actions.createDeal()
    actions.winDeal({ dealId })
    await idle()
    const old = String(world.firstStatus(world.mainPipeline).id)
    const byName = new Map(receiver.hooks.map((hook) => [hook.name, hook]))
    expect(byName.get('leads.status')?.value('leads[status][0][old_status_id]')).toBe(old)
    expect(byName.get('leads.update')?.value('leads[update][0][old_status_id]')).toBe(old)
    expect(byName.get('leads.status')?.value('leads[status][0][status_id]')).toBe('142')
  })

  it('of a contact maps its deals by id and has fields in the old shape', async () => {
    const { actions, receiver, idle, world } = await subscribed()
    const contactId = actions.createContact({ phone: '+79001112233' })
    const dealId = actions.createDeal({ contactId })
    const set = (name: string, value: string | number, enumId?: number) => {
      const field = world.fields.contacts.all.find((known) => known.name === name)
      const values = [enumId === undefined ? { value } : { value, enumId }]
      actions.setField({ entityType: 'contacts', id: contactId, fieldId: field?.id ?? 0, values })
    }
    set('Дата рождения', Date.UTC(1978, 1, 2) / 1000)
    await idle()
    const hook = receiver.hooks.at(-1)
    expect(hook?.value(`contacts[update][0][linked_leads_id][${dealId}][ID]`)).toBe(String(dealId))
    expect(hook?.value('contacts[update][0][custom_fields][0][values][0][value]')).toBe('+79001112233')
    expect(hook?.value('contacts[update][0][custom_fields][0][code]')).toBe('PHONE')
    expect(hook?.value('contacts[update][0][custom_fields][1][values][0][value]')).toBe('02.02.1978')
    expect(hook?.value('contacts[update][0][type]')).toBe('contact')
  })

  it('of a company goes under contacts with its type', async () => {
    const { actions, receiver, idle } = await subscribed()
    const id = actions.createCompany({ name: 'ООО «Заря»' })
    actions.remove({ entityType: 'companies', id })
    await idle()
    expect(receiver.hooks.find(({ name }) => name === 'contacts.add')?.value('contacts[add][0][type]')).toBe('company')
    const deleted = receiver.hooks.find(({ name }) => name === 'contacts.delete')
    expect(deleted?.pairs.slice(3)).toEqual([
      ['contacts[delete][0][id]', String(id)],
      ['contacts[delete][0][type]', 'company'],
    ])
  })

  it('of a date field and a radiobutton is unlike the others', async () => {
    const { actions, receiver, idle, world } = await subscribed({}, ['update_lead'])
    const dealId = actions.createDeal()
    const field = (name: string) => {
      const found = world.fields.leads.all.find((known) => known.name === name)
      if (found === undefined) throw new Error(`no ${name}`)
      return found
    }
    const [courier] = field('Доставка').enums
    const write = (name: string, value: string | number, more = {}) =>
      actions.setField({ entityType: 'leads', id: dealId, fieldId: field(name).id, values: [{ value, ...more }] })
    write('Дата оплаты', 1_700_000_000)
    write('Доставка', courier?.value ?? '', { enumId: courier?.id })
    await idle()
    const hook = receiver.hooks.at(-1)
    expect(hook?.value('leads[update][0][custom_fields][0][values][0]')).toBe('1700000000')
    expect(hook?.value('leads[update][0][custom_fields][1][values][value]')).toBe(courier?.value)
    expect(hook?.value('leads[update][0][custom_fields][1][values][enum]')).toBe(String(courier?.id))
  })
})
