import { describe, expect, it } from 'vitest'
import { readAccount } from '../../src/amocrm/read-account.ts'
import { CARD_READERS, readAnyLead } from '../../src/amocrm/read-cards.ts'
import { readFields } from '../../src/amocrm/read-fields.ts'

const field = (id: number, field_type: string | undefined, values: unknown, code?: string) => ({
  field_id: id,
  field_type,
  field_code: code ?? null,
  values,
})
const one = (type: string | undefined, value: unknown, more: object = {}) =>
  readFields([field(1, type, [{ value, ...more }])])['1']

describe('a custom field', () => {
  it.each<[string, unknown, unknown]>([
    ['text', 'a', 'a'],
    ['textarea', 'a\nb', 'a\nb'],
    ['url', 'https://x', 'https://x'],
    ['tracking_data', 'google', 'google'],
    ['multitext', '+7', '+7'],
    ['numeric', '12.5', 12.5],
    ['numeric', '12,5', 12.5],
    ['numeric', 3, 3],
    ['numeric', 'many', 'many'],
    ['monetary', '100', 100],
    ['price', '100', 100],
    ['text', '12', '12'],
    ['date', 1725915600, 1725915600],
    ['date', '1725915600', 1725915600],
    ['birthday', -86400, -86400],
    ['date_time', '2026-01-01T00:00:00Z', 1767225600],
    ['checkbox', true, true],
    ['checkbox', '1', true],
    ['checkbox', false, false],
    ['checkbox', '0', false],
    ['legal_entity', { name: 'ООО', vat_id: '1' }, 'ООО'],
    ['file', { file_name: 'a.pdf', file_uuid: 'b' }, 'a.pdf'],
    ['future_type', 5, 5],
  ])('of type %s with %j is %j', (type, value, expected) => {
    expect(one(type, value)).toEqual({ values: [expected] })
  })

  it('without its type keeps what came', () => {
    expect(one(undefined, '12')).toEqual({ values: ['12'] })
  })

  it.each(['select', 'multiselect', 'radiobutton'])('of type %s has the ids of its options', (type) => {
    const values = [
      { value: 'a', enum_id: 11, enum_code: null },
      { value: 'b', enum_id: 12 },
    ]
    expect(readFields([field(1, type, values)])).toEqual({ 1: { values: ['a', 'b'], enumIds: [11, 12] } })
  })

  it('has option ids only when each value has one, and only as a choice', () => {
    expect(readFields([field(1, 'select', [{ value: 'a', enum_id: 1 }, { value: 'b' }])])['1']).not.toHaveProperty(
      'enumIds',
    )
    expect(one('multitext', '+7', { enum_id: 5, enum_code: 'WORK' })).toEqual({ values: ['+7'] })
  })

  it.each([null, [], [{ value: null }], [{ value: '' }], [{}], [{ value: {} }], 'x', { value: 'a' }])(
    'with values %j is absent',
    (values) => {
      expect(readFields([field(1, 'text', values)])).toEqual({})
    },
  )

  it('that is of no use is left out', () => {
    const fields = [field(1, 'text', [{ value: 'a' }]), field(2, 'text', [{ value: 'b' }])]
    expect(readFields(fields, new Set([2]))).toEqual({ 2: { values: ['b'] } })
  })

  it.each([null, undefined, {}, 'x', [null, 1, { field_id: 'x' }]])('list %j holds none', (fields) => {
    expect(readFields(fields)).toEqual({})
  })
})

describe('a deal', () => {
  const lead = {
    id: 17,
    name: 'Диван',
    price: 0,
    responsible_user_id: 3,
    status_id: 142,
    pipeline_id: 9,
    loss_reason_id: null,
    created_at: 100,
    updated_at: 200,
    closed_at: 300,
    is_deleted: false,
    custom_fields_values: null,
    source_id: 5,
    _embedded: {
      tags: [{ id: 1, name: 'VIP', color: null }, { id: 2 }],
      contacts: [
        { id: 1, is_main: false },
        { id: 2, is_main: true },
      ],
      companies: [{ id: 8 }],
    },
  }
  const read = (json: object) => CARD_READERS.leads(json as Record<string, unknown>, 1000, {})

  it('is read whole', () => {
    expect(read(lead)).toEqual({
      id: 17,
      name: 'Диван',
      responsibleUserId: 3,
      createdAt: 100,
      updatedAt: 200,
      tags: ['VIP'],
      fields: {},
      readAt: 1000,
      pipelineId: 9,
      statusId: 142,
      price: 0,
      closedAt: 300,
      lossReasonId: null,
      sourceId: 5,
      contacts: [
        { id: 1, isMain: false },
        { id: 2, isMain: true },
      ],
      companyId: 8,
    })
  })

  it.each([{}, { _embedded: null }, { _embedded: { tags: null, contacts: null, companies: null } }])(
    'with nothing linked (%j) has empty lists',
    (more) => {
      const { _embedded, ...bare } = lead
      expect(read({ ...bare, ...more })).toMatchObject({ tags: [], contacts: [], companyId: null })
    },
  )

  it.each([null, undefined, ''])('with price %j has none, which is not 0', (price) => {
    expect(read({ ...lead, price })?.price).toBeNull()
  })

  it('takes source, loss reason and main contact from where they are embedded', () => {
    const _embedded = {
      source: { id: 6 },
      loss_reason: [{ id: 7 }],
      contacts: [{ id: 1, metadata: { main_contact: true } }],
    }
    expect(read({ ...lead, source_id: null, _embedded })).toMatchObject({
      sourceId: 6,
      lossReasonId: 7,
      contacts: [{ id: 1, isMain: true }],
    })
  })

  it('in the bin is null, unless the bin is what was asked for', () => {
    expect(read({ ...lead, is_deleted: true })).toBeNull()
    expect(readAnyLead({ ...lead, is_deleted: true }, 1, {})?.id).toBe(17)
  })

  it.each([{}, { id: 0 }, { id: 17 }, { ...lead, id: 'x' }, { ...lead, status_id: null }])('is not %j', (json) => {
    expect(read(json)).toBeNull()
  })
})

describe('contacts and companies', () => {
  it('say whether they can be reached, by code, whatever fields are kept', () => {
    const json = {
      id: 1,
      custom_fields_values: [
        field(4, 'multitext', [{ value: ' ' }, { value: '+7999' }], 'PHONE'),
        field(5, 'multitext', [{ value: '' }], 'EMAIL'),
      ],
      _embedded: { companies: [{ id: 3 }], leads: [{ id: 7 }, { id: 8 }] },
    }
    const contact = CARD_READERS.contacts(json, 1, { contacts: new Set() })
    expect(contact).toMatchObject({ hasPhone: true, hasEmail: false, companyId: 3, leadIds: [7, 8], fields: {} })
    expect(CARD_READERS.companies(json, 1, {})).toMatchObject({ hasPhone: true, leadIds: [7, 8], fields: { 4: {} } })
  })

  it('that are deleted are null', () => {
    expect(CARD_READERS.contacts({ id: 1, is_deleted: true }, 1, {})).toBeNull()
    expect(CARD_READERS.companies({ id: 1, is_deleted: true }, 1, {})).toBeNull()
  })
})

describe('the account', () => {
  it('is read with its time zone', () => {
    const json = {
      id: 5,
      name: 'A',
      subdomain: 'acme',
      currency: 'rub',
      country: 'RU',
      _embedded: { datetime_settings: { timezone: 'Asia/Omsk' } },
    }
    expect(readAccount(json, 'acme.amocrm.ru')).toEqual({
      id: 5,
      name: 'A',
      subdomain: 'acme',
      currency: 'RUB',
      country: 'RU',
      timeZone: 'Asia/Omsk',
    })
  })

  it.each([
    ['acme.amocrm.ru', 'Europe/Moscow', 'RUB'],
    ['acme.kommo.com', 'UTC', 'USD'],
  ])('at %s falls back to %s and %s', (host, timeZone, currency) => {
    expect(readAccount({ id: 5 }, host)).toMatchObject({ timeZone, currency, country: null })
    expect(readAccount({ id: 5, _embedded: { datetime_settings: { timezone: 'Mars/Base' } } }, host)).toMatchObject({
      timeZone,
    })
  })
})
