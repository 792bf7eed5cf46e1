import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { type ServiceProcess, serviceProcess } from '../../sandbox/demo/service-process.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight } from './support/expect-all-right.ts'
import { backfilled } from './support/install.ts'
import { PATIENT } from './support/patient.ts'
import { runOutLocks } from './support/run-out-locks.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let folder: string
let trial: Trial
let service: ServiceProcess

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'))
  // Slow enough for a page more to be on its way whenever it is killed.
  trial = await startTrial({ sandbox: { clients: 450, seed: 12, latencyMs: 30, requestsPerSecond: 20 } })
  service = await serviceProcess({
    sandbox: trial.sandbox,
    redisUrl: inject('redisUrl'),
    keyRoot: trial.keys.root,
    folder,
    requestsPerSecond: 20,
  })
  trial.sandbox.integration.redirectUri = `${service.url}/oauth/callback`
})
afterEach(async () => {
  await service.stop()
  await trial.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a service that is killed in the middle of the backfill', PATIENT, () => {
  it('goes on where it stood, and ends with every client right', async () => {
    await service.start()
    expect((await trial.sandbox.install()).status).toBe(200)
    await eventually(() => trial.sandbox.stats.count({ method: 'PATCH', path: '/api/v4/contacts' }) > 0)
    await service.kill()
    const stood = await readBackfill(trial.notes)
    expect(stood?.phase).not.toBe('done')
    await trial.sandbox.hooks.idle()
    await runOutLocks(trial)

    const read = trial.sandbox.stats.count({ method: 'GET', path: '/api/v4/leads' })
    await service.start()
    await backfilled(trial)
    const ended = await readBackfill(trial.notes)
    expect(ended?.run).toBe(stood?.run)
    // The deals were read already: not a page of them is read twice.
    expect(ended?.deals).toBe(stood?.deals)
    expect(read).toBeGreaterThan(0)
    await expectAllRight(trial)
  })
})
