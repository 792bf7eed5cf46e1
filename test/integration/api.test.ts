import { afterEach, describe, expect, it } from 'vitest'
import { tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
afterEach(() => trial.close())

const call = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
  const answer = await fetch(`${trial.url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, text, json: () => JSON.parse(text) }
}

/** A session of the account's admin, as its widget opens one. */
const open = async () => {
  const session = await call('POST', '/session', { 'x-auth-token': trial.sandbox.disposableToken() })
  expect(session.status).toBe(201)
  return { authorization: `Bearer ${session.json().token}` }
}

/** Reads the events of a run until it ends; answers the last. */
const follow = async (run: string, admin: Record<string, string>) => {
  const { text } = await call('GET', `/accounts/${trial.accountId}/runs/${run}/events`, admin)
  const last = text.trim().split('\n\n').at(-1) ?? ''
  const [event = '', data = ''] = last.split('\n')
  return { event: event.slice('event: '.length), run: JSON.parse(data.slice('data: '.length)) }
}

describe('the API of a running service', PATIENT, () => {
  it('lets an admin apply a policy, follow it, and take it back', async () => {
    trial = await startTrial({ sandbox: { clients: 80 } })
    await install(trial)
    await expectAllRight(trial)
    const admin = await open()
    const account = `/accounts/${trial.accountId}`
    const before = (await call('GET', `${account}/segments`, admin)).json().segments
    const asleep = (segments: { segment: string; clients: number }[]) =>
      segments.find(({ segment }) => segment === 'sleeping')?.clients ?? 0

    const { version, policy } = (await call('GET', `${account}/policy`, admin)).json()
    const next = { ...policy, sleeping: { ...policy.sleeping, mode: 'fixed', days: 30 } }
    const preview = (await call('POST', `${account}/policy/preview`, admin, { policy: next })).json()
    const body = { policy: next, base: version, previewed: preview.fingerprint }
    const applied = await call('POST', `${account}/policy/apply`, admin, body)
    expect(applied.json()).toMatchObject({ version: version + 1 })
    const { run } = applied.json()
    expect(await follow(run, admin)).toMatchObject({ event: 'end', run: { state: 'done' } })
    const after = (await call('GET', `${account}/segments`, admin)).json().segments
    expect(asleep(after)).toBe(preview.after['lifecycle:sleeping'])
    expect(asleep(after)).toBeGreaterThan(asleep(before))

    const undone = (await call('POST', `${account}/runs/${run}/undo`, admin)).json()
    expect(await follow(undone.run, admin)).toMatchObject({ event: 'end', run: { state: 'done' } })
    const report = (await call('GET', `${account}/runs/${undone.run}/report`, admin)).json()
    expect(report).toMatchObject({ leftCount: 0 })
    expect(report.restored).toBeGreaterThan(0)
  })

  it('keeps the work waiting while it is paused, and takes everything away at the end', async () => {
    trial = await startTrial({ sandbox: { clients: 40 } })
    await install(trial)
    const admin = await open()
    const account = `/accounts/${trial.accountId}`
    await call('POST', `${account}/pause`, admin)
    const contactId = trial.staff.createContact({ name: 'Новый', phone: '+79990000000' })
    await eventually(async () => {
      const { queue } = (await call('GET', `${account}/sync`, admin)).json()
      return queue.waiting + queue.prioritized > 0
    })
    const path = `${account}/clients/contact/${contactId}`
    expect((await call('GET', path, admin)).status).toBe(404)
    await call('POST', `${account}/resume`, admin)
    await eventually(async () => (await call('GET', path, admin)).json().verdict != null)
    await expectAllRight(trial)

    const removed = (await call('DELETE', `${account}?cleanUp=true`, admin)).json()
    expect(removed.hook).toBe('removed')
    expect(await follow(removed.cleanUp, admin)).toMatchObject({ event: 'end', run: { state: 'done' } })
    const standing = trial.world.contacts.all.flatMap((contact) => tagsOf(trial.world, 'contacts', contact))
    expect(standing.filter((tag) => ['Новый', 'Разовый', 'Спящий', 'Горячий', 'Холодный'].includes(tag))).toEqual([])
    expect((await call('GET', account, admin)).json()).toMatchObject({ status: 'disconnected' })
  })
})
