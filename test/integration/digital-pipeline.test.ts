import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendPipelineHook } from '../../sandbox/stage/pipeline-hook.ts'
import { eventually } from './support/eventually.ts'
import { install } from './support/install.ts'
import { PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
beforeEach(async () => {
  trial = await startTrial()
  await install(trial)
})
afterEach(() => trial.close())

const ofAccount = async (tail: string, init: RequestInit = {}) => {
  const answer = await fetch(`${trial.url}/api/v1/accounts/${trial.accountId}${tail}`, {
    ...init,
    headers: { 'x-auth-token': trial.sandbox.disposableToken(), 'content-type': 'application/json' },
  })
  return JSON.parse(await answer.text())
}

describe('an order of the Digital Pipeline', PATIENT, () => {
  it('to act on a segment makes its task on that very deal, once however often amoCRM repeats it', async () => {
    const { staff, world } = trial
    const contactId = staff.createContact({ name: 'Вера', phone: '+79990000001' })
    const [dealId] = [staff.createDeal({ contactId }), staff.createDeal({ contactId })]
    await eventually(async () => (await ofAccount(`/cards/lead/${dealId}`)).segments.length > 0)
    const { policy, version } = await ofAccount('/policy')
    const task = { id: 'greet', type: 'task', on: 'deal', text: 'Познакомиться' }
    const next = { ...policy, actions: [{ dimension: 'lifecycle', to: ['new'], actions: [task] }] }
    await ofAccount('/policy', { method: 'PUT', body: JSON.stringify({ policy: next, base: version }) })

    const { key } = await ofAccount('/digital-pipeline')
    const lead = world.leads.get(dealId ?? 0)
    if (lead === undefined) throw new Error('the deal is there')
    const call = { world, lead, settings: { mode: 'act', segment: 'lifecycle:new', key }, at: world.now() }
    const address = `${trial.url}/digital-pipeline`
    expect(await sendPipelineHook(address, call)).toEqual({ status: 204 })
    await eventually(() => world.tasks.size > 0)
    // Once it is completed, another order would make another task.
    for (const task of world.tasks.all) task.isCompleted = true
    expect(await sendPipelineHook(address, call)).toEqual({ status: 204 })
    await trial.settling.settled(30_000)
    expect(world.tasks.all).toMatchObject([{ text: 'Познакомиться', entityType: 'leads', entityId: dealId }])
  })

  it('without the account’s key orders nothing', async () => {
    const lead = trial.world.leads.get(
      trial.staff.createDeal({ contactId: trial.staff.createContact({ name: 'Олег' }) }),
    )
    if (lead === undefined) throw new Error('the deal is there')
    const call = { world: trial.world, lead, settings: { mode: 'act', key: 'guessed' } }
    expect(await sendPipelineHook(`${trial.url}/digital-pipeline`, call)).toEqual({ status: 403 })
  })
})
