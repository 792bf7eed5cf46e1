import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeClient, encodeClient } from '../../src/store/client-codec.ts'
import type { ClientDoc } from '../../src/store/client-doc.ts'
import { Keys } from '../../src/store/keys.ts'
import { Mirror } from '../../src/store/mirror.ts'
import { jobSchema } from '../../src/sync/job-catalog.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

/*
 * What earlier versions have left in Redis, byte for byte. A line of it is never changed: who changes a form adds lines
 * of the new one, and a reader of the old.
 */

interface Written {
  readonly name: string
  readonly key: string
  readonly text: string
  readonly doc: ClientDoc
}

const WHOLE: Written = {
  name: 'everything there can be',
  key: 'c41000001',
  text: '[7,1,[1700000000,9123456,3,31234567,1790000000000,["Постоянный","VIP"],[["881",["Москва"],[5501]],["882",[37]]],1790000000400],[[31000001,7654321,142,12500,1700000000,1780000000,1780000000,1779000000,0,9123456,41,1790000000000,["Опт"],[["990",[true]]],1790000000350],[31000002,7654321,143,null,1700000000,1780000000,1780000001,0,12,0,0,1790000000000,[],[]]],1788000000,1797776000,[1790000000,"regular","hot","in_work","Золотой","stuck","hot-lead#31000001"],[{"dimension":"lifecycle","segment":"regular","author":"Анна","until":1800000000}],{"call":1789000000},"regular|hot|in_work||"]',
  doc: {
    rev: 7,
    ref: { kind: 'contact', id: 41_000_001 },
    card: {
      createdAt: 1_700_000_000,
      responsibleUserId: 9_123_456,
      tags: ['Постоянный', 'VIP'],
      fields: { 881: { values: ['Москва'], enumIds: [5501] }, 882: { values: [37] } },
      hasPhone: true,
      hasEmail: true,
      companyId: 31_234_567,
      readAt: 1_790_000_000_000,
      wroteAt: 1_790_000_000_400,
    },
    deals: [
      {
        id: 31_000_001,
        pipelineId: 7_654_321,
        statusId: 142,
        price: 12_500,
        createdAt: 1_700_000_000,
        updatedAt: 1_780_000_000,
        closedAt: 1_780_000_000,
        statusSince: 1_779_000_000,
        lossReasonId: null,
        responsibleUserId: 9_123_456,
        sourceId: 41,
        tags: ['Опт'],
        fields: { 990: { values: [true] } },
        readAt: 1_790_000_000_000,
        wroteAt: 1_790_000_000_350,
      },
      {
        id: 31_000_002,
        pipelineId: 7_654_321,
        statusId: 143,
        price: null,
        createdAt: 1_700_000_000,
        updatedAt: 1_780_000_000,
        closedAt: 1_780_000_001,
        statusSince: null,
        lossReasonId: 12,
        responsibleUserId: 0,
        sourceId: null,
        tags: [],
        fields: {},
        readAt: 1_790_000_000_000,
        wroteAt: 0,
      },
    ],
    incomingAt: 1_788_000_000,
    dueAt: 1_797_776_000,
    decided: {
      at: 1_790_000_000,
      lifecycle: 'regular',
      temperature: 'hot',
      standing: 'in_work',
      tier: 'Золотой',
      rules: ['stuck', 'hot-lead#31000001'],
    },
    locks: [{ dimension: 'lifecycle', segment: 'regular', author: 'Анна', until: 1_800_000_000 }],
    fired: { call: 1_789_000_000 },
    held: 'regular|hot|in_work||',
    figures: null,
  },
}

const NOTHING_MORE = { locks: [], fired: {}, held: null, figures: null }

/** Documents of format 1, the first. */
const FORMAT_1: readonly Written[] = [
  WHOLE,
  {
    name: 'no trailing parts',
    key: 'k7',
    text: '[3,1,[1700000000,1,0,0,1790000000000,[],[]],[],0,0,[1790000000,"new","cold","",""]]',
    doc: {
      rev: 3,
      ref: { kind: 'company', id: 7 },
      card: {
        createdAt: 1_700_000_000,
        responsibleUserId: 1,
        tags: [],
        fields: {},
        hasPhone: false,
        hasEmail: false,
        companyId: null,
        readAt: 1_790_000_000_000,
        wroteAt: 0,
      },
      deals: [],
      incomingAt: null,
      dueAt: null,
      decided: { at: 1_790_000_000, lifecycle: 'new', temperature: 'cold', standing: null, tier: null, rules: [] },
      ...NOTHING_MORE,
    },
  },
  {
    name: 'a card that was not read yet, never decided',
    key: 'c5',
    text: '[999999999,1,0,[],1788000000,1790000000,0]',
    doc: {
      rev: 999_999_999,
      ref: { kind: 'contact', id: 5 },
      card: null,
      deals: [],
      incomingAt: 1_788_000_000,
      dueAt: 1_790_000_000,
      decided: null,
      ...NOTHING_MORE,
    },
  },
  {
    name: 'locks alone',
    key: 'c6',
    text: '[4,1,0,[],0,0,0,[{"dimension":"lifecycle","segment":"new","author":"Anna","until":null}]]',
    doc: {
      rev: 4,
      ref: { kind: 'contact', id: 6 },
      card: null,
      deals: [],
      incomingAt: null,
      dueAt: null,
      decided: null,
      locks: [{ dimension: 'lifecycle', segment: 'new', author: 'Anna', until: null }],
      fired: {},
      held: null,
      figures: null,
    },
  },
  {
    name: 'actions fired and nothing held',
    key: 'c8',
    text: '[4,1,0,[],0,0,0,[],{"call":1789000000}]',
    doc: {
      rev: 4,
      ref: { kind: 'contact', id: 8 },
      card: null,
      deals: [],
      incomingAt: null,
      dueAt: null,
      decided: null,
      locks: [],
      fired: { call: 1_789_000_000 },
      held: null,
      figures: null,
    },
  },
  {
    name: 'figures behind the rules of the decision',
    key: 'c9',
    text: '[5,1,0,[],0,0,[1790000000,"regular","hot","","","stuck",[12500.5,3,1780000000,1797776000,0,9123456]]]',
    doc: {
      rev: 5,
      ref: { kind: 'contact', id: 9 },
      card: null,
      deals: [],
      incomingAt: null,
      dueAt: null,
      decided: {
        ...{ at: 1_790_000_000, lifecycle: 'regular', temperature: 'hot', standing: null, tier: null },
        rules: ['stuck'],
      },
      ...NOTHING_MORE,
      figures: {
        ...{ ltv: 12_500.5, purchases: 3, lastPurchaseAt: 1_780_000_000, sleepsAt: 1_797_776_000 },
        ...{ nextChangeAt: null, responsibleUserId: 9_123_456 },
      },
    },
  },
]

describe('a document of format 1', () => {
  it.each(FORMAT_1)('is read: $name', ({ key, text, doc }) => {
    expect(decodeClient(key, text)).toEqual(doc)
  })

  it.each(FORMAT_1)('is what is written, until there is a format 2: $name', ({ text, doc }) => {
    expect(encodeClient(doc)).toBe(text)
  })
})

describe('a document of a format to come', () => {
  it('is refused, not misread', () => {
    expect(() => decodeClient('c5', '[4,2,0,[],0,0,0]')).toThrow(/format 2/)
  })
})

describe('a mirror of an earlier version', () => {
  let test: TestRedis
  beforeAll(async () => {
    test = await connectTestRedis()
  })
  afterAll(() => test.close())

  it('is gone on with', async () => {
    const keys = new Keys(test.root)
    const mirror = new Mirror(test.redis, keys)
    await test.redis.set(keys.client(5, WHOLE.key), WHOLE.text)
    const { after } = await mirror.update(5, WHOLE.doc.ref, (doc) => doc && { ...doc, held: null })
    expect(after).toEqual({ ...WHOLE.doc, held: null })
    expect(await mirror.read(5, WHOLE.doc.ref)).toEqual({ ...WHOLE.doc, rev: 8, held: null })
  })
})

/** Jobs that wait in a queue while the program is replaced. */
describe('a job of an earlier version is taken', () => {
  it.each([
    '{"kind":"look","entity":"lead","id":17,"incoming":false}',
    '{"kind":"look","entity":"contact","id":5,"incoming":true}',
    '{"kind":"reconcile","client":"c5","priority":"due"}',
    '{"kind":"act","key":"contact:5|call|lifecycle|new>regular|1790000000"}',
    '{"kind":"backfill","run":"install-1790000000000"}',
    '{"kind":"redecide","run":"policy-2","held":"release"}',
    '{"kind":"undo","run":"policy-2"}',
    '{"kind":"clean_up","run":"goodbye"}',
    '{"kind":"sweep"}',
  ])('%s', (text) => {
    expect(jobSchema.safeParse(JSON.parse(text)).success).toBe(true)
  })
})
