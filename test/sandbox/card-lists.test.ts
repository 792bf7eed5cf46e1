import { describe, expect, it } from 'vitest'
import { idsOf, itemsOf, openSandbox } from './support/open-sandbox.ts'

const NOW = 1_790_000_000
const DAY = 86_400

/** Four deals of different age, price and stage; `ids` by letter. */
async function fourDeals() {
  const opened = await openSandbox({ now: () => NOW * 1000 })
  const { world } = opened.sandbox
  const { actions } = world
  const [first, second] = [...world.pipelines.values()]
  const [admin, other] = world.users
  if (first === undefined || second === undefined || admin === undefined || other === undefined) throw new Error('bare')
  const anna = actions.createContact({ name: 'Анна', phone: '+79001112233' })
  const at = (days: number) => ({ createdAt: NOW - days * DAY, updatedAt: NOW - days * DAY })
  const ids = {
    a: actions.createDeal({ name: 'Альфа', price: 100, contactId: anna, ...at(4) }),
    b: actions.createDeal({ name: 'Бета', price: 200, statusId: 142, closedAt: NOW - 2 * DAY, ...at(3) }),
    c: actions.createDeal({ name: 'Вега', price: 300, pipelineId: second.id, responsibleUserId: other.id, ...at(1) }),
    d: actions.createDeal({ name: 'Гамма', price: 400, statusId: 143, closedAt: NOW - DAY, ...at(2) }),
  }
  return { ...opened, ids, first, second, other, anna }
}

describe('the list of deals', () => {
  type Key = 'a' | 'b' | 'c' | 'd'
  type Scene = Awaited<ReturnType<typeof fourDeals>>
  it.each<[string, (scene: Scene) => string, readonly Key[]]>([
    ['everything, by id', () => '', ['a', 'b', 'c', 'd']],
    ['ids as a list', ({ ids }) => `filter[id][]=${ids.d}&filter[id][]=${ids.a}`, ['a', 'd']],
    ['ids by index', ({ ids }) => `filter[id][0]=${ids.b}&filter[id][1]=${ids.c}`, ['b', 'c']],
    ['one id as a scalar', ({ ids }) => `filter[id]=${ids.c}`, ['c']],
    ['an id twice', ({ ids }) => `filter[id][]=${ids.c}&filter[id][]=${ids.c}`, ['c']],
    ['encoded brackets', ({ ids }) => `filter%5Bid%5D%5B%5D=${ids.c}`, ['c']],
    ['known and unknown ids', ({ ids }) => `filter[id][]=${ids.a}&filter[id][]=77`, ['a']],
    ['a name', () => 'filter[name][]=Бета', ['b']],
    ['a range of prices', () => 'filter[price][from]=200&filter[price][to]=300', ['b', 'c']],
    ['a pipeline', ({ second }) => `filter[pipeline_id][]=${second.id}`, ['c']],
    ['a responsible user', ({ other }) => `filter[responsible_user_id]=${other.id}`, ['c']],
    ['changed since, inclusive', () => `filter[updated_at][from]=${NOW - 2 * DAY}`, ['c', 'd']],
    ['changed until, inclusive', () => `filter[updated_at][to]=${NOW - 3 * DAY}`, ['a', 'b']],
    [
      'created between',
      () => `filter[created_at][from]=${NOW - 3 * DAY}&filter[created_at][to]=${NOW - 2 * DAY}`,
      ['b', 'd'],
    ],
    ['closed since', () => `filter[closed_at][from]=${NOW - 2 * DAY}`, ['b', 'd']],
    [
      'stages of pipelines',
      ({ first }) =>
        `filter[statuses][0][pipeline_id]=${first.id}&filter[statuses][0][status_id]=142` +
        `&filter[statuses][1][pipeline_id]=${first.id}&filter[statuses][1][status_id]=143`,
      ['b', 'd'],
    ],
    ['two filters at once', () => `filter[price][from]=200&filter[updated_at][from]=${NOW - 2 * DAY}`, ['c', 'd']],
    ['a word', () => 'query=амм', ['d']],
    ['by change, oldest first', () => 'order[updated_at]=asc', ['a', 'b', 'd', 'c']],
    ['by change, newest first', () => 'order[updated_at]=desc', ['c', 'd', 'b', 'a']],
    ['by id, newest first', () => 'order[id]=desc', ['d', 'c', 'b', 'a']],
    ['by creation', () => 'order[created_at]=asc', ['a', 'b', 'd', 'c']],
    [
      'changed since, in that order',
      () => `filter[updated_at][from]=${NOW - 3 * DAY}&order[updated_at]=asc`,
      ['b', 'd', 'c'],
    ],
    ['a page', () => 'limit=2&page=2', ['c', 'd']],
    ['a page of a filtered list', () => 'limit=1&page=2&filter[price][from]=200', ['c']],
  ])('%s', async (_, query, expected) => {
    const scene = await fourDeals()
    const reply = await scene.api('GET', `/v4/leads?${query(scene)}`)
    expect(idsOf(reply, 'leads')).toEqual(expected.map((key) => scene.ids[key]))
  })

  it.each([
    ['an unknown filter', 'filter[colour]=red'],
    ['an id that is no number', 'filter[id][]=abc'],
    ['a bound of another name', 'filter[updated_at][since]=1'],
    ['a stage without its pipeline', 'filter[statuses][0][status_id]=142'],
    ['an unknown field', 'filter[custom_fields_values][1][]=x'],
    ['an order by another key', 'order[price]=asc'],
  ])('refuses %s', async (_, query) => {
    const { api } = await openSandbox()
    expect((await api('GET', `/v4/leads?${query}`)).status).toBe(400)
  })

  it.each(['/v4/leads', '/v4/contacts', '/v4/companies', '/v4/tasks', '/v4/events', '/v4/webhooks', '/v4/leads/tags'])(
    'is 204 without a body where nothing is found: %s',
    async (path) => {
      const { api } = await openSandbox()
      expect(await api('GET', path)).toMatchObject({ status: 204, text: '' })
    },
  )

  it('says where the next page is, and that there is none', async () => {
    const { api, sandbox } = await fourDeals()
    const first = await api('GET', '/v4/leads?limit=3')
    expect(first.json).toMatchObject({ _page: 1, _links: { next: { href: expect.stringContaining('page=2') } } })
    expect(first.json).toMatchObject({
      _links: { self: { href: expect.stringContaining(sandbox.world.account.subdomain) } },
    })
    const second = await api('GET', '/v4/leads?limit=3&page=2')
    expect(second.json._links).not.toHaveProperty('next')
    expect((await api('GET', '/v4/leads?limit=3&page=3')).status).toBe(204)
  })

  it('gives 50 unless asked, 250 at most', async () => {
    const { api } = await openSandbox({ clients: 300 })
    expect(itemsOf(await api('GET', '/v4/contacts'), 'contacts')).toHaveLength(50)
    const clamped = await api('GET', '/v4/contacts?limit=500')
    expect(itemsOf(clamped, 'contacts')).toHaveLength(250)
    expect(clamped.json._links).toHaveProperty('next')
  })

  it('walks every card once', async () => {
    const { api, sandbox } = await openSandbox({ clients: 300 })
    const seen: number[] = []
    for (let page = 1; ; page += 1) {
      const reply = await api('GET', `/v4/leads?limit=250&page=${page}&order[updated_at]=asc`)
      if (reply.status === 204) break
      seen.push(...idsOf(reply, 'leads'))
    }
    expect(seen).toHaveLength(sandbox.world.leads.size)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('a card', () => {
  it('shows contacts only when asked', async () => {
    const { api, ids, anna } = await fourDeals()
    const plain = await api('GET', `/v4/leads/${ids.a}`)
    expect(plain.json._embedded).not.toHaveProperty('contacts')
    const full = await api('GET', `/v4/leads/${ids.a}?with=contacts,loss_reason`)
    expect(full.json._embedded).toMatchObject({ contacts: [{ id: anna, is_main: true }], loss_reason: [] })
  })

  it('of a contact shows its deals when asked, no more than the platform cares to', async () => {
    const { api, sandbox, anna, ids } = await fourDeals()
    const more = sandbox.world.actions.createDeal({ contactId: anna })
    const reply = await api('GET', `/v4/contacts/${anna}?with=leads`)
    expect(reply.json._embedded).toMatchObject({ leads: [{ id: ids.a }, { id: more }] })
  })

  it('that nobody has is 204', async () => {
    const { api } = await openSandbox()
    expect(await api('GET', '/v4/leads/77')).toMatchObject({ status: 204, text: '' })
  })

  it('in the bin is gone from lists, and shown in the list of deleted ones', async () => {
    const { api, sandbox, ids } = await fourDeals()
    sandbox.world.actions.remove({ entityType: 'leads', id: ids.b })
    expect(idsOf(await api('GET', '/v4/leads'), 'leads')).not.toContain(ids.b)
    expect((await api('GET', `/v4/leads/${ids.b}`)).status).toBe(204)
    const bin = await api('GET', '/v4/leads?with=only_deleted')
    expect(itemsOf(bin, 'leads')).toMatchObject([{ id: ids.b, is_deleted: true }])
    sandbox.world.actions.restore({ entityType: 'leads', id: ids.b })
    expect((await api('GET', '/v4/leads?with=only_deleted')).status).toBe(204)
    expect((await api('GET', `/v4/leads/${ids.b}`)).json).toMatchObject({ is_deleted: false })
  })

  it('in the bin may also be shown with its mark', async () => {
    const { api, sandbox } = await openSandbox({ doubts: { deletedById: 'flagged' } })
    const id = sandbox.world.actions.createContact()
    sandbox.world.actions.remove({ entityType: 'contacts', id })
    expect((await api('GET', `/v4/contacts/${id}`)).json).toMatchObject({ id, is_deleted: true })
  })
})
