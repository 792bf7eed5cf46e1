import { describe, expect, it } from 'vitest'
import type { FieldDraft } from '../../sandbox/world/field-registry.ts'
import { faultsOf, idsOf, itemsOf, openSandbox } from './support/open-sandbox.ts'

async function withField(draft: FieldDraft) {
  const opened = await openSandbox()
  const { world } = opened.sandbox
  const contact = world.actions.createContact()
  const field = world.fields.contacts.add(draft)
  const write = (values: unknown) =>
    opened.api('PATCH', `/v4/contacts/${contact}`, { custom_fields_values: [{ field_id: field.id, values }] })
  const read = async () => (await opened.api('GET', `/v4/contacts/${contact}`)).json.custom_fields_values
  return { ...opened, world, contact, field, write, read }
}

const OPTIONS = [{ value: 'Новый', code: 'NEW' }, { value: 'Спящий' }]

describe('a value is taken', () => {
  it.each<[FieldDraft['type'], unknown, unknown]>([
    ['text', 'a', 'a'],
    ['textarea', 'a\nb', 'a\nb'],
    ['url', 'https://a.example', 'https://a.example'],
    ['numeric', 12.5, '12.5'],
    ['numeric', '12.5', '12.5'],
    ['price', 100, '100'],
    ['checkbox', true, true],
    ['date', 1_700_000_000, 1_700_000_000],
    ['date_time', '2023-11-14T22:13:20+00:00', 1_700_000_000],
    ['birthday', 315_532_800, 315_532_800],
    ['tracking_data', 'yandex', 'yandex'],
  ])('by a field of type %s: %j', async (type, value, shown) => {
    const { write, read, field } = await withField({ name: 'Поле', type })
    expect((await write([{ value }])).status).toBe(200)
    expect(await read()).toEqual([
      { field_id: field.id, field_name: 'Поле', field_code: null, field_type: type, values: [{ value: shown }] },
    ])
  })

  it.each<[string, (ids: readonly number[]) => Record<string, unknown>, number]>([
    ['id', ([, second]) => ({ enum_id: second }), 1],
    ['code', () => ({ enum_code: 'NEW' }), 0],
    ['text', () => ({ value: 'Спящий' }), 1],
  ])('by a select, its option named by %s', async (_, value, option) => {
    const { write, read, field } = await withField({ name: 'Сегмент', type: 'select', enums: OPTIONS })
    await write([value(field.enums.map(({ id }) => id))])
    const chosen = field.enums[option]
    expect(await read()).toMatchObject([
      { values: [{ value: chosen?.value, enum_id: chosen?.id, enum_code: chosen?.code }] },
    ])
  })

  it('by a phone with its kind, the first one unless given', async () => {
    const { api, world, contact } = await withField({ name: 'a', type: 'text' })
    const values = [{ value: '+7900' }, { value: '+7901', enum_code: 'MOB' }]
    await api('PATCH', `/v4/contacts/${contact}`, { custom_fields_values: [{ field_code: 'PHONE', values }] })
    const kinds = world.fields.contacts.byCode('PHONE')?.enums
    expect(world.contacts.get(contact)?.fields?.[0]?.values).toEqual([
      { value: '+7900', enumId: kinds?.find(({ code }) => code === 'WORK')?.id },
      { value: '+7901', enumId: kinds?.find(({ code }) => code === 'MOB')?.id },
    ])
  })

  it('and cleared by null', async () => {
    const { write, read } = await withField({ name: 'a', type: 'text' })
    await write([{ value: 'a' }])
    await write(null)
    expect(await read()).toBeNull()
  })
})

describe('a value is refused', () => {
  it.each<[FieldDraft['type'], unknown, string]>([
    ['text', 5, 'InvalidType'],
    ['numeric', 'много', 'InvalidType'],
    ['numeric', null, 'InvalidType'],
    ['checkbox', 1, 'InvalidType'],
    ['date', '14.11.2023', 'InvalidType'],
    ['birthday', 1.5, 'InvalidType'],
    ['select', 'Горячий', 'NotSupportedChoice'],
    ['multiselect', 5, 'NotSupportedChoice'],
  ])('by a field of type %s: %j', async (type, value, code) => {
    const { write } = await withField({ name: 'a', type, enums: OPTIONS })
    expect(faultsOf(await write([{ value }]))).toEqual({ '0': [`custom_fields_values.0.values.0.value ${code}`] })
  })

  it('of an unknown field', async () => {
    const { api, contact } = await withField({ name: 'a', type: 'text' })
    const body = { custom_fields_values: [{ field_id: 1, values: [{ value: 'a' }] }] }
    expect(faultsOf(await api('PATCH', `/v4/contacts/${contact}`, body))).toEqual({
      '0': ['custom_fields_values.0.field_id NotSupportedChoice'],
    })
  })

  it('of another entity type’s field', async () => {
    const { api, world, contact } = await withField({ name: 'a', type: 'text' })
    const foreign = world.fields.leads.add({ name: 'b', type: 'text' })
    const body = { custom_fields_values: [{ field_id: foreign.id, values: [{ value: 'a' }] }] }
    expect((await api('PATCH', `/v4/contacts/${contact}`, body)).status).toBe(400)
  })

  it('beyond forty fields', async () => {
    const { api, contact, field } = await withField({ name: 'a', type: 'text' })
    const one = { field_id: field.id, values: [{ value: 'a' }] }
    const send = (count: number) =>
      api('PATCH', `/v4/contacts/${contact}`, { custom_fields_values: Array.from({ length: count }, () => one) })
    expect((await send(40)).status).toBe(200)
    expect(faultsOf(await send(41))).toEqual({ '0': ['custom_fields_values TooManyValues'] })
  })
})

describe('a field', () => {
  const draft = { name: 'Сегмент', type: 'select', is_api_only: true, enums: [{ value: 'Новый' }, { value: 'Спящий' }] }

  it('is made, listed and changed, its options keeping their ids', async () => {
    const { api } = await openSandbox()
    const made = itemsOf(await api('POST', '/v4/contacts/custom_fields', [draft]), 'custom_fields')[0]
    expect(made).toMatchObject({ name: 'Сегмент', type: 'select', is_api_only: true })
    const [first, second] = (made?.enums ?? []) as readonly { id: number; value: string }[]
    const listed = await api('GET', '/v4/contacts/custom_fields?limit=250')
    expect(idsOf(listed, 'custom_fields')).toContain(made?.id)
    const enums = [{ id: second?.id, value: 'Уснувший' }, { value: 'Горячий' }]
    const { json } = await api('PATCH', `/v4/contacts/custom_fields/${made?.id}`, { enums })
    expect(json.enums).toMatchObject([{ id: second?.id, value: 'Уснувший' }, { value: 'Горячий' }])
    expect(JSON.stringify(json.enums)).not.toContain(String(first?.id))
  })

  it.each([
    ['no name', { ...draft, name: undefined }],
    ['an unknown type', { ...draft, type: 'hologram' }],
    ['a select without options', { ...draft, enums: [] }],
    ['a code that is taken', { name: 'a', type: 'text', code: 'PHONE' }],
    ['an unknown key', { ...draft, colour: 'red' }],
  ])('is refused with %s', async (_, body) => {
    const { api } = await openSandbox()
    expect((await api('POST', '/v4/contacts/custom_fields', [body])).status).toBe(400)
  })

  it('is made by admins only', async () => {
    const { sandbox, apiAs } = await openSandbox()
    const user = sandbox.world.users.find(({ isAdmin }) => !isAdmin)
    const api = apiAs(sandbox.longLivedToken(user === undefined ? {} : { userId: user.id }))
    expect((await api('POST', '/v4/contacts/custom_fields', [draft])).status).toBe(403)
    expect((await api('GET', '/v4/contacts/custom_fields')).status).toBe(200)
  })
})

it('cards are found by the value of a field', async () => {
  const { api, contact, field, write } = await withField({ name: 'a', type: 'select', enums: OPTIONS })
  await write([{ value: 'Спящий' }])
  const [, option] = field.enums
  for (const wanted of [option?.id, 'Спящий']) {
    const reply = await api('GET', `/v4/contacts?filter[custom_fields_values][${field.id}][]=${wanted}`)
    expect(idsOf(reply, 'contacts')).toEqual([contact])
  }
  expect((await api('GET', `/v4/contacts?filter[custom_fields_values][${field.id}][]=Новый`)).status).toBe(204)
})
