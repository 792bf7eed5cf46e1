import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ActionStage, type EntryActions, only } from '../support/action-stage.ts'
import { mainContact } from '../support/test-context.ts'
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

const TASK = { id: 'call', type: 'task', text: 'Позвонить: {reason}' } as const

describe('one open task per client and reason', () => {
  it('none is made where a person made the same', async () => {
    open({ ...TASK, text: 'Позвонить' })
    const key = only(await stage.buy())
    const task = { id: 1, text: ' Позвонить\n', entityType: 'contacts', entityId: 1, responsibleUserId: 3 } as const
    stage.api.tasks.push({ ...task, isCompleted: false })
    await stage.doIt(key)
    expect(stage.api.count('createTask')).toBe(0)
    expect(await stage.made()).toEqual([])
  })

  it('none is made while ours is open, though its text differs; one is when it is completed', async () => {
    open(TASK)
    await stage.doOnly(await stage.buy())
    await stage.doOnly(await stage.buyAgain(18))
    expect(stage.api.tasks).toHaveLength(1)
    for (const task of stage.api.tasks) task.isCompleted = true
    stage.world.leads.delete(18)
    await stage.lookAt(18)
    await stage.doOnly(await stage.settle())
    expect(stage.api.tasks).toHaveLength(2)
  })

  it('none is made on one deal while that of another is open', async () => {
    open({ ...TASK, on: 'deal' })
    stage.world.addLead(20, { contacts: mainContact(1), createdAt: stage.world.now + 1 })
    await stage.lookAt(20)
    await stage.doOnly(await stage.buy())
    expect(stage.api.tasks).toMatchObject([{ entityType: 'leads', entityId: 20 }])
    stage.world.addLead(21, { contacts: mainContact(1), createdAt: stage.world.now + 5 })
    await stage.lookAt(21)
    await stage.doOnly(await stage.buyAgain(18))
    expect(stage.api.tasks).toHaveLength(1)
  })
})
