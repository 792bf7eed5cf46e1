import { afterEach, describe, expect, it } from 'vitest'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { backfillJob } from '../../src/sync/job-catalog.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

describe('an installation', PATIENT, () => {
  let trial: Trial
  afterEach(() => trial.close())

  it('makes every client right, and a second backfill over the unchanged base writes nothing', async () => {
    trial = await startTrial({ sandbox: { clients: 600, seed: 3 } })
    await install(trial)
    const state = await expectAllRight(trial)
    expect(state.clients).toBeGreaterThanOrEqual(600)
    expect(trial.sandbox.stats.count({ method: 'PATCH' })).toBeGreaterThan(0)

    trial.sandbox.stats.clear()
    await trial.queues.add(trial.accountId, [backfillJob('again')])
    await eventually(async () => {
      const done = await readBackfill(trial.notes)
      return done?.run === 'again' && done.phase === 'done'
    })
    await expectAllRight(trial)
    expect(trial.sandbox.stats.count({ path: '/api/v4/leads', method: 'GET' })).toBeGreaterThan(0)
    expect(trial.sandbox.stats.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('writes no card twice, and its own webhooks come to rest', async () => {
    trial = await startTrial({ sandbox: { clients: 300, seed: 4 } })
    const written = new Map<string, number>()
    trial.sandbox.faults.onRequest = ({ method, path, body }) => {
      for (const item of method === 'PATCH' && Array.isArray(body) ? body : []) {
        const card = `${path}/${item.id}`
        written.set(card, (written.get(card) ?? 0) + 1)
      }
      return undefined
    }
    await install(trial)
    await expectAllRight(trial)
    expect(written.size).toBeGreaterThanOrEqual(300)
    expect([...written].filter(([, times]) => times > 1)).toEqual([])

    const asked = trial.sandbox.stats.requests.length
    expect(trial.sandbox.stats.hooksDelivered).toBeGreaterThanOrEqual(written.size)
    expect(await trial.settling.settled(LIMIT_MS)).toBe(true)
    expect(trial.sandbox.stats.requests.length).toBe(asked)
  })
})
