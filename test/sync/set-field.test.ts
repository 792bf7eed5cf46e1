import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ActionStage, type EntryActions, only } from '../support/action-stage.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let stage: ActionStage

beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

const open = (...actions: EntryActions) => {
  stage = new ActionStage(test.redis, test.root, ...actions)
}

const FIELD = { id: 'mark', type: 'field', field: 77, value: 'Разовый' } as const

describe('a field', () => {
  const history = async () => {
    const all = []
    for await (const some of stage.account.context.journal.ofRun(stage.account.context.id, 'live')) all.push(...some)
    return all.filter((entry) => Object.keys(entry.fieldsAfter).length > 0)
  }

  it('is set, with what stood before in the journal', async () => {
    open(FIELD)
    stage.world.changeContact(1, { fields: { 77: { values: ['Новый'] } } })
    await stage.doOnly(await stage.buy())
    expect(stage.world.contacts.get(1)?.fields[77]).toEqual({ values: ['Разовый'] })
    expect(await history()).toMatchObject([{ fieldsBefore: { 77: 'Новый' }, fieldsAfter: { 77: 'Разовый' } }])
    expect(await stage.made()).toEqual([])
  })

  it('that stands so already is not written', async () => {
    open(FIELD)
    stage.world.changeContact(1, { fields: { 77: { values: ['Разовый'] } } })
    const key = only(await stage.buy())
    const before = stage.api.updates.length
    await stage.doIt(key)
    expect(stage.api.updates).toHaveLength(before)
    expect(await history()).toEqual([])
  })

  it('of several values is listed instead: one value cannot put them back', async () => {
    open(FIELD)
    stage.world.changeContact(1, { fields: { 77: { values: ['Новый', 'Разовый'] } } })
    await stage.doOnly(await stage.buy())
    expect(await history()).toEqual([])
    expect(await stage.made()).toEqual(['live: field 77 of contacts/1'])
  })
})
