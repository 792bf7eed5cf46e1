import { describe, expect, it } from 'vitest'
import { digestOf } from '../../src/amocrm/card-state.ts'
import { parseHook } from '../../src/amocrm/parse-hook.ts'

/** The body amoCRM sends for these pairs. */
const form = (pairs: Readonly<Record<string, string | number>>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replaceAll('%20', '+')}`)
    .join('&')

/** Touches in short: `lead 5`, with `!` for an incoming message or call. */
const touched = (body: string | Buffer, contentType?: string): string[] =>
  parseHook(body, contentType).touches.map(({ entity, id, incoming }) => `${entity} ${id}${incoming ? ' !' : ''}`)

const ACCOUNT = { 'account[subdomain]': 'acme', 'account[id]': 555, 'account[_links][self]': 'https://acme.amocrm.ru' }
const LEAD = { 'leads[add][0][id]': 17, 'leads[add][0][name]': 'Diwan & Co', 'leads[add][0][status_id]': 142 }

describe('an update', () => {
  const card = (more: Readonly<Record<string, string | number>> = {}, action = 'update') => ({
    [`leads[${action}][0][id]`]: 5,
    [`leads[${action}][0][status_id]`]: 142,
    [`leads[${action}][0][pipeline_id]`]: 7,
    [`leads[${action}][0][responsible_user_id]`]: 3,
    [`leads[${action}][0][updated_at]`]: 1790000000,
    [`leads[${action}][0][tags][0][name]`]: 'Клиент & Ко',
    [`leads[${action}][0][tags][1][name]`]: LONG,
    ...more,
  })
  const LONG = 'ж'.repeat(90)
  const seen = (body: Buffer | string) => parseHook(body).touches[0]?.seen
  const state = { statusId: 142, pipelineId: 7, price: null, responsibleUserId: 3 }

  it('tells of the state of its card, in whatever encoding', () => {
    const digest = digestOf({ ...state, tags: [LONG, 'Клиент & Ко'] })
    const text = form(card())
    const json = {
      leads: {
        update: [
          {
            ...{ id: '5', status_id: 142, pipeline_id: '7', responsible_user_id: 3, updated_at: 1790000000 },
            tags: [{ name: 'Клиент & Ко' }, { name: LONG }],
          },
        ],
      },
    }
    const unescaped = text.replace(encodeURIComponent(LONG), LONG)
    for (const body of [text, Buffer.from(text), JSON.stringify(json), Buffer.from(JSON.stringify(json)), unescaped])
      expect(seen(body)).toMatchObject({ digest, updatedAt: 1790000000 })
  })

  it.each(['add', 'status', 'responsible', 'delete'])('%s is none', (action) => {
    expect(seen(form(card({}, action)))).toBeUndefined()
    expect(seen(form({ ...card(), ...card({}, action) }))).toBeUndefined()
  })

  it('without its second, or of nobody, tells nothing', () => {
    expect(seen(form(card({ 'leads[update][0][updated_at]': '' })))).toBeUndefined()
    expect(seen(form(card({ 'leads[update][0][responsible_user_id]': 0 })))).toBeUndefined()
  })
})

describe('the account', () => {
  it.each([
    ['at the start', { ...ACCOUNT, ...LEAD }],
    ['at the end', { ...LEAD, ...ACCOUNT }],
  ])('is found %s of a body', (_, pairs) => {
    expect(parseHook(form(pairs))).toEqual({
      accountIds: ['555'],
      touches: [{ entity: 'lead', id: 17, incoming: false }],
    })
  })

  it('is unknown where old bodies have a subdomain only', () => {
    expect(parseHook(form({ ...LEAD, 'account[subdomain]': 'acme' })).accountIds).toEqual([])
  })

  it('is named by every id that the body gives', () => {
    expect(parseHook('account[id]=1&account[id]=2&account[id]=1&account[id]=x').accountIds).toEqual(['1', '2'])
  })

  it('is not taken from a card', () => {
    expect(parseHook(form({ 'leads[add][0][account_id]': 9, 'leads[add][0][id]': 1 })).accountIds).toEqual([])
  })
})

describe('deals', () => {
  it.each(['add', 'update', 'delete', 'restore', 'status', 'responsible', 'something_new'])('%s', (action) => {
    expect(touched(form({ [`leads[${action}][0][id]`]: 30052055, [`leads[${action}][0][old_status_id]`]: 1 }))).toEqual(
      ['lead 30052055'],
    )
  })

  it('are all taken, under any index and several actions, once each', () => {
    const body = form({
      'leads[add][0][id]': 1,
      'leads[add][7][id]': 2,
      'leads[status][0][id]': 1,
      'contacts[update][0][id]': 3,
      'contacts[update][0][type]': 'contact',
    })
    expect(touched(body)).toEqual(['lead 1', 'lead 2', 'contact 3'])
  })

  it('are not their custom fields, tags or other parts', () => {
    const body = form({
      'leads[update][0][id]': 5,
      'leads[update][0][custom_fields][0][id]': 957901,
      'leads[update][0][custom_fields][0][values][0][value]': 30052055,
      'leads[update][0][tags][0][id]': 44,
      'leads[update][0][main_contact_id]': 45,
    })
    expect(touched(body)).toEqual(['lead 5'])
  })

  it('of the Digital Pipeline say whether the client wrote or called', () => {
    expect(touched(form({ 'leads[status][0][id]': 5, 'leads[status][0][old_pipeline_id]': 6 }))).toEqual(['lead 5'])
    expect(touched(form({ 'leads[mail_in][0][id]': 5, 'leads[call_in][0][id]': 6 }))).toEqual(['lead 5 !', 'lead 6 !'])
  })
})

describe('contacts and companies', () => {
  it('are told apart by type, wherever it stands', () => {
    const body = form({
      'contacts[update][0][id]': 1,
      'contacts[update][0][name]': 'A',
      'contacts[update][0][type]': 'company',
      'contacts[update][1][type]': 'contact',
      'contacts[update][1][id]': 2,
      'contacts[update][2][id]': 3,
      'companies[add][0][id]': 4,
    })
    expect(touched(body)).toEqual(['company 1', 'contact 2', 'contact 3', 'company 4'])
  })

  it('do not touch their linked deals, however many and in whatever order', () => {
    const links = Array.from({ length: 60 }, (_, n) => [
      `contacts[update][0][linked_leads_id][${9_000_000 - n}][ID]`,
      9_000_000 - n,
    ])
    const body = form({ 'contacts[update][0][id]': 22309159, ...Object.fromEntries(links) })
    expect(touched(body)).toEqual(['contact 22309159'])
  })

  it('deleted ones are touched too', () => {
    expect(touched(form({ 'contacts[delete][0][id]': 8, 'contacts[delete][0][type]': 'company' }))).toEqual([
      'company 8',
    ])
  })
})

describe('what hangs on an entity', () => {
  it('a task touches its element', () => {
    const task = (type: number | string) =>
      form({ 'task[update][0][id]': 1, 'task[update][0][element_id]': 2, 'task[update][0][element_type]': type })
    expect([1, 2, 3, 12, 'x'].map((type) => touched(task(type)))).toEqual([
      ['contact 2'],
      ['lead 2'],
      ['company 2'],
      [],
      [],
    ])
    expect(touched(form({ 'task[delete][0][id]': 1564885 }))).toEqual([])
  })

  it.each([
    [4, false],
    [10, true],
    ['call_in', true],
    [11, false],
  ])('a note of type %s touches its element, incoming: %s', (noteType, incoming) => {
    const body = form({
      'leads[note][0][note][id]': 4600471,
      'leads[note][0][note][note_type]': noteType,
      'leads[note][0][note][element_type]': 2,
      'leads[note][0][note][element_id]': 15320411,
      'leads[note][0][note][metadata]': '{"id":7}',
    })
    expect(parseHook(body).touches).toEqual([{ entity: 'lead', id: 15320411, incoming }])
  })

  it('a note without element type belongs to what its key says', () => {
    const note = { 'contacts[note][0][note][element_id]': 3 }
    expect(touched(form(note))).toEqual(['contact 3'])
    expect(touched(form({ ...note, 'contacts[note][0][type]': 'company' }))).toEqual(['company 3'])
  })

  it('a part that is scalar and object at once does no harm', () => {
    const body = form({
      'contacts[note][0][note][type]': 3,
      'contacts[note][0][note][type][message_uuid]': 'b1',
      'contacts[note][0][note][element_id]': 3,
      'contacts[note][0][note][element_type]': 1,
    })
    expect(touched(body)).toEqual(['contact 3'])
  })
})

describe('incoming leads', () => {
  it('touch the deal and what is inside when added', () => {
    const body = form({
      'unsorted[add][0][uid]': '4278accf80c5',
      'unsorted[add][0][source_data][data][name_2][id]': 77,
      'unsorted[add][0][data][leads][0][id]': 11,
      'unsorted[add][0][data][leads][0][source_id]': 78,
      'unsorted[add][0][data][contacts][0][id]': 12,
      'unsorted[add][0][data][companies][0][id]': 13,
      'unsorted[add][0][lead_id]': 15318519,
    })
    expect(touched(body)).toEqual(['lead 15318519', 'lead 11', 'contact 12', 'company 13'])
  })

  it.each(['accept', 'decline'])('touch their deals when settled by %s', (how) => {
    const key = `unsorted[delete][0][${how}_result][leads]`
    expect(touched(form({ 'unsorted[delete][0][action]': how, [`${key}[0]`]: 1, [`${key}[1]`]: 2 }))).toEqual([
      'lead 1',
      'lead 2',
    ])
    expect(touched(`${key}[]=1&${key}[]=2`)).toEqual(['lead 1', 'lead 2'])
  })
})

describe('messages and talks', () => {
  const message = (key: string, type: string) =>
    form({
      [`${key}[add][0][id]`]: 'b7c1',
      [`${key}[add][0][contact_id]`]: 4,
      [`${key}[add][0][element_type]`]: 2,
      [`${key}[add][0][entity_type]`]: 'lead',
      [`${key}[add][0][element_id]`]: 6,
      [`${key}[add][0][entity_id]`]: 6,
      [`${key}[add][0][type]`]: type,
      [`${key}[add][0][author][id]`]: 99,
    })

  it('of a client count as incoming for his contact and deal', () => {
    expect(touched(message('message', 'incoming'))).toEqual(['contact 4 !', 'lead 6 !'])
    expect(
      touched(
        form({
          'talk[update][0][contact_id]': 4,
          'talk[update][0][entity_id]': 6,
          'talk[update][0][entity_type]': 'lead',
        }),
      ),
    ).toEqual(['contact 4 !', 'lead 6 !'])
  })

  it('of a manager do not', () => {
    expect(touched(message('message', 'outgoing'))).toEqual(['contact 4', 'lead 6'])
    expect(touched(message('outgoing_message', 'incoming'))).toEqual(['contact 4', 'lead 6'])
  })

  it('make an entity incoming if any item does', () => {
    expect(touched(`leads[update][0][id]=6&${message('message', 'incoming')}`)).toEqual(['lead 6 !', 'contact 4 !'])
  })
})
