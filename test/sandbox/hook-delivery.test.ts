import { describe, expect, it } from 'vitest'
import type { HookFault } from '../../sandbox/hooks/hook-sender.ts'
import type { SandboxOptions } from '../../sandbox/options.ts'
import { noteAnswer, type Subscription } from '../../sandbox/world/subscriptions.ts'
import { receiveHooks } from './support/hook-receiver.ts'
import { openSandbox } from './support/open-sandbox.ts'

/** A sandbox that repeats at once and tells a receiver of new deals. */
async function delivering(options: SandboxOptions = {}) {
  const opened = await openSandbox({ retrySchedule: [1, 1, 1, 1], ...options })
  const receiver = await receiveHooks()
  const { sandbox, api } = opened
  await api('POST', '/v4/webhooks', { destination: receiver.address, settings: ['add_lead'] })
  /** Until nothing is on its way and nothing waits for its repetition. */
  const settled = async () => {
    while (sandbox.hooks.backlog + sandbox.hooks.waitingForRetry > 0) {
      await sandbox.hooks.idle()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { ...opened, receiver, settled, actions: sandbox.world.actions }
}

describe('a hook', () => {
  it.each([
    [200, 1],
    [204, 1],
    [299, 1],
    [302, 3],
    [400, 3],
    [404, 3],
    [499, 5],
    [500, 5],
    [503, 5],
  ])('answered %i is sent %i times', async (status, times) => {
    const { receiver, settled, actions, sandbox } = await delivering()
    receiver.answer = status
    actions.createDeal()
    await settled()
    expect(receiver.hooks).toHaveLength(times)
    expect(sandbox.stats.deliveries.map(({ attempt }) => attempt)).toEqual(
      Array.from({ length: times }, (_, at) => at + 1),
    )
    const isGood = status < 300
    expect([sandbox.stats.hooksDelivered, sandbox.stats.hooksFailed]).toEqual(isGood ? [1, 0] : [0, times])
  })

  it('is not answered in time three times', async () => {
    const { receiver, settled, actions, sandbox } = await delivering({ hookTimeoutMs: 20 })
    receiver.answer = null
    actions.createDeal()
    await settled()
    expect(sandbox.stats.deliveries.map(({ status }) => status)).toEqual([0, 0, 0])
  })

  it('is the same at every try', async () => {
    const { receiver, settled, actions } = await delivering()
    receiver.answer = 400
    const id = actions.createDeal({ price: 1 })
    actions.changePrice({ dealId: id, price: 2 })
    await settled()
    expect(receiver.hooks.map((hook) => hook.value('leads[add][0][price]'))).toEqual(['1', '1', '1'])
  })

  it('does not hold up the API', async () => {
    const { receiver, actions, api, sandbox } = await delivering()
    receiver.answer = null
    for (let made = 0; made < 50; made += 1) actions.createDeal()
    expect((await api('GET', '/v4/account')).status).toBe(200)
    expect(sandbox.hooks.backlog).toBe(50)
  })

  it.each<[HookFault, number]>([
    ['deliver', 1],
    ['drop', 0],
    ['double', 2],
    [{ delayMs: 5 }, 1],
  ])('under the fault %j comes %i times', async (fault, times) => {
    const { receiver, settled, actions, sandbox } = await delivering()
    sandbox.faults.onHook = () => fault
    actions.createDeal()
    await settled()
    expect(receiver.hooks).toHaveLength(times)
  })
})

describe('a destination', () => {
  const subscription = (): Subscription => ({
    id: 1,
    destination: 'https://a.example',
    settings: [],
    createdAt: 0,
    updatedAt: 0,
    createdBy: 0,
    sort: 1,
    disabled: false,
    invalidAnswers: [],
  })

  const HOUR = 3_600_000

  it('is disabled after more than a hundred bad answers in two hours', () => {
    const it = subscription()
    for (let at = 0; at < 100; at += 1) noteAnswer(it, false, at)
    expect(it.disabled).toBe(false)
    noteAnswer(it, true, 100)
    expect(it.disabled).toBe(false)
    noteAnswer(it, false, 101)
    expect(it.disabled).toBe(true)
  })

  it('is not disabled by bad answers far apart', () => {
    const it = subscription()
    for (let at = 0; at < 300; at += 1) noteAnswer(it, false, at * (HOUR / 40))
    expect(it.disabled).toBe(false)
  })

  it('gets nothing more once disabled, until it is subscribed again', async () => {
    const { receiver, settled, actions, api, sandbox } = await delivering({ retrySchedule: [] })
    receiver.answer = 500
    for (let made = 0; made < 101; made += 1) actions.createDeal()
    await settled()
    expect((await api('GET', '/v4/webhooks')).json).toMatchObject({ _embedded: { webhooks: [{ disabled: true }] } })
    actions.createDeal()
    await settled()
    expect(receiver.hooks).toHaveLength(101)
    receiver.answer = 204
    await api('POST', '/v4/webhooks', { destination: receiver.address, settings: ['add_lead'] })
    actions.createDeal()
    await settled()
    expect(sandbox.stats.hooksDelivered).toBe(1)
  })
})
