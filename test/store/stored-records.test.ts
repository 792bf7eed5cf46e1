import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePolicy } from '../../src/segmentation/policy.ts'
import { AccountNotes } from '../../src/store/account-notes.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { Intents } from '../../src/store/intents.ts'
import { Journal } from '../../src/store/journal.ts'
import { Keys } from '../../src/store/keys.ts'
import { PolicyStore } from '../../src/store/policy-store.ts'
import { RunStore } from '../../src/store/run-store.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { TokenVault } from '../../src/store/token-vault.ts'
import { Transitions } from '../../src/store/transitions.ts'
import { BACKFILL_PHASES, readBackfill } from '../../src/sync/backfill-state.ts'
import { progressOf } from '../../src/sync/queries/backfill-progress.ts'
import { readWatermark } from '../../src/sync/sweep-watermark.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

/*
 * What earlier versions have left in Redis beside the clients' documents, byte for byte. A line of it is never changed:
 * who changes a form adds lines of the new one, and a reader of the old.
 */

const ID = 31_415_926
const ANNA = { kind: 'contact', id: 1000 } as const
const KEY = Buffer.alloc(32, 7)

const ACCOUNT = {
  record:
    '{"id":31415926,"name":"Строгий","host":"strict31415926.amocrm.ru","subdomain":"strict31415926","status":"active","problem":null,"installedAt":1795305750564,"hooks":"subscribed"}',
  structure:
    '{"timeZone":"Europe/Moscow","currency":"RUB","pipelines":[{"id":501,"name":"Продажи","sort":1,"isMain":true,"statuses":[{"id":50100,"name":"Неразобранное","sort":10,"type":1}]}],"lossReasons":[{"id":71,"name":"Дорого"}],"users":[{"id":11,"name":"Анна"}],"fields":[]}',
}
const TOKENS =
  'v1.LfR88FXC7NQgojWA.KSfzMTGL7qfhOrIRiz3EYA==.wsZT9LX2GUkzDDMHrgqL1WY5F4vvzKPahiNua35KblKV60NjbYxuEUS/kmnZwOiwsG4jrBxakrFt3O06WUykAlVKbhCyUJ5Vitl2gXYn3eH2sa5oaCRi9Yw44Br3g7kcbSNq3JMTEsYkQm+y2h7PkCZsXOiq9TGdngxVAJAnjPPrQlkNwoHj+6w='
const POLICY =
  '{"version":1,"policy":{"schemaVersion":1,"language":"ru","clientEntity":"contact","purchasePipelines":[],"purchaseDateField":null,"minPrice":0,"mergeSameDay":true,"firstPurchaseIsNewForDays":0,"sleeping":{"mode":"fixed","days":90},"rhythm":{"minPurchases":3,"factor":2,"minDays":14,"maxDays":365,"quantile":0.8},"regular":{"minPurchases":3,"windowDays":365},"junkReasons":[72,73],"value":{"tiers":[],"windowDays":null,"rfm":null},"stopTag":"стоп-сегмент","targets":{"lifecycle":{"clientTags":true,"dealTags":true,"field":null,"names":{}},"temperature":{"clientTags":true,"dealTags":true,"field":null,"names":{}},"standing":{"clientTags":true,"dealTags":true,"field":null,"names":{}},"value":{"clientTags":false,"dealTags":false,"field":null}},"card":null,"actions":[],"rules":[{"id":"vip","label":{"ru":"VIP","en":"VIP"},"target":"client","enabled":false,"when":{"any":[{"fact":"ltv","op":"gte","value":500000}]},"tag":{"ru":"VIP","en":"VIP"},"actions":[]}]},"savedAt":1795305750539,"author":"installation"}'
const BACKFILL =
  '{"run":"install-1795305751848","phase":"contacts","page":2,"deals":2000,"clients":500,"writes":700,"startedAt":1795305752260,"finishedAt":null}'
const ENTRY =
  '{"entity":"contacts","entityId":1000,"run":"install-1795305751848","tagsAdded":["Новый","Холодный","Некачественный"],"reasons":["lifecycle.never_bought","temperature.no_interest","standing.unreachable"]}'
const ACTION = '{"run":"live","type":"task","actionId":"call","made":"task 17"}'
const INTENT =
  '{"client":{"kind":"contact","id":1000},"action":{"key":"contact:1000|call|lifecycle|new>one_time|1795305755","actionId":"call","cause":{"dimension":"lifecycle","ruleId":null,"dealId":null,"from":"new","to":"one_time"},"type":"note","entity":{"type":"contact","id":1000},"text":"Первая покупка"},"run":"live","at":1795305755}'

let test: TestRedis
let keys: Keys

beforeAll(async () => {
  test = await connectTestRedis()
  keys = new Keys(test.root)
  const { redis } = test
  await redis.hset(keys.of(ID, 'account'), ACCOUNT)
  await redis.sadd(keys.accounts, ID)
  await redis.set(keys.of(ID, 'tokens'), TOKENS)
  await redis.rpush(keys.of(ID, 'policies'), POLICY)
  await redis.hset(keys.of(ID, 'notes'), { backfill: BACKFILL, sweep: '{"seconds":1795305752}' })
  await redis.xadd(keys.of(ID, 'journal'), '1795305755882-0', 'client', 'c1000', 'entry', ENTRY)
  await redis.xadd(keys.of(ID, 'journal'), '1795305755883-0', 'client', 'c1000', 'action', ACTION)
  const moves = '[["lifecycle",null,"new"],["standing","in_work",null]]'
  await redis.xadd(keys.of(ID, 'transitions'), '1795305765057-0', 't', `[1795305755,"c1000",11,250,${moves}]`)
  await redis.lpush(keys.of(ID, 't:c1000'), `[1795305755,${moves}]`)
  await redis.hset(keys.of(ID, 'intents'), 'contact:1000|call|lifecycle|new>one_time|1795305755', INTENT)
  await redis.hset(keys.of(ID, 'run:policy-2'), {
    askedAt: '1795305752255',
    author: 'Анна',
    startedAt: '1795305752256',
  })
  await redis.hset(keys.of(ID, 'run:policy-2'), { total: '900', clients: '250', writes: '12' })
  await redis.zadd(keys.of(ID, 'runs'), 1_795_305_752_255, 'policy-2')
})
afterAll(() => test.close())

const all = async <Item>(pages: AsyncIterable<readonly Item[]>) => {
  const items: Item[] = []
  for await (const page of pages) items.push(...page)
  return items
}
const box = () => new SecretBox([KEY])

describe('what an earlier version stored of', () => {
  it('an account is read', async () => {
    const accounts = new AccountStore(test.redis, keys, box())
    expect(await accounts.ids()).toEqual([ID])
    expect(await accounts.read(ID)).toMatchObject({ id: ID, host: 'strict31415926.amocrm.ru', hooks: 'subscribed' })
    expect(await accounts.structure(ID)).toMatchObject({ currency: 'RUB', pipelines: [{ id: 501 }] })
  })

  it('its tokens is read', async () => {
    const pair = await new TokenVault(test.redis, keys, box()).readTokens(ID)
    expect(pair).toMatchObject({ accessToken: expect.stringMatching(/^opaque_/), refreshToken: expect.any(String) })
  })

  it('its policy is read, and parses', async () => {
    const stored = await new PolicyStore(test.redis, keys).current(ID)
    expect(stored).toMatchObject({ version: 1, author: 'installation', savedAt: 1_795_305_750_539 })
    expect(parsePolicy(stored?.policy)).toMatchObject({ type: 'ok', policy: { junkReasons: [72, 73] } })
  })

  it('a backfill under way is gone on with', async () => {
    const state = await readBackfill(new AccountNotes(test.redis, keys, ID))
    expect(state).toMatchObject({ phase: 'contacts', page: 2, clients: 500 })
    if (state) expect(progressOf(state, BACKFILL_PHASES.contact, 0)).toMatchObject({ totalClients: null })
    expect(await readWatermark({ notes: new AccountNotes(test.redis, keys, ID) })).toBe(1_795_305_752)
  })

  it('its journal is read, and so can be undone', async () => {
    const journal = new Journal(test.redis, keys)
    expect(await all(journal.ofRun(ID, 'install-1795305751848'))).toEqual([
      {
        ...{ client: ANNA, entity: 'contacts', entityId: 1000, run: 'install-1795305751848', at: 1_795_305_755_882 },
        ...{
          tagsAdded: ['Новый', 'Холодный', 'Некачественный'],
          tagsRemoved: [],
          statusBefore: null,
          statusAfter: null,
        },
        ...{ fieldsBefore: {}, fieldsAfter: {} },
        reasons: ['lifecycle.never_bought', 'temperature.no_interest', 'standing.unreachable'],
      },
    ])
    expect(await all(journal.actionsOf(ID, 'live'))).toMatchObject([{ client: ANNA, type: 'task', made: 'task 17' }])
  })

  it('the moves of its clients is read', async () => {
    const transitions = new Transitions(test.redis, keys)
    const moves = [
      { dimension: 'lifecycle', to: 'new' },
      { dimension: 'standing', from: 'in_work' },
    ]
    expect(await transitions.ofClient(ID, ANNA)).toMatchObject([{ at: 1_795_305_755, moves }])
    expect(await all(transitions.newestFirst(ID))).toMatchObject([{ at: 1_795_305_755, client: ANNA, moves }])
  })

  it('an intended action is carried out', async () => {
    const intents = new Intents(test.redis, keys)
    const [key = ''] = await intents.open(ID, 10)
    expect(await intents.begin(ID, key)).toMatchObject({
      type: 'begun',
      intent: { client: ANNA, run: 'live', begun: 1, action: { type: 'note', text: 'Первая покупка' } },
    })
  })

  it('a run is read', async () => {
    expect(await new RunStore(test.redis, keys).list(ID)).toMatchObject([
      { run: 'policy-2', author: 'Анна', total: 900, clients: 250, writes: 12, endedAt: null, outcome: null },
    ])
  })
})
