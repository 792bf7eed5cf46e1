import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { RestartedProcess } from '../../bench/chaos/restarted-process.ts'
import { ready, type ServiceParts, serviceParts } from '../../bench/chaos/service-parts.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { busyDay } from '../integration/support/busy-day.ts'
import { eventually } from '../integration/support/eventually.ts'
import { expectRightAfterBurst } from '../integration/support/expect-all-right.ts'
import { backfilled } from '../integration/support/install.ts'
import { startTrial, type Trial } from '../integration/support/start-trial.ts'

const RATE = 25

let folder: string
let trial: Trial
let parts: ServiceParts

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workers-'))
  trial = await startTrial({ sandbox: { clients: 700, seed: 4, latencyMs: 40, requestsPerSecond: RATE } })
  const { sandbox, keys, environment } = trial
  parts = serviceParts(
    {
      ...{ sandbox, folder, keyRoot: keys.root, redisUrl: inject('redisUrl') },
      encryptionKey: Buffer.from(environment.ENCRYPTION_KEY, 'base64'),
      port: Number(environment.PORT),
      requestsPerSecond: RATE,
      logLevel: 'debug',
    },
    2,
  )
})
afterEach(async () => {
  await Promise.all([parts.web, ...parts.workers].map((part) => part.kill()))
  await trial.close()
  await rm(folder, { recursive: true, force: true })
})

/** How many requests to amoCRM a process has made. */
const requestsOf = async ({ name }: RestartedProcess): Promise<number> =>
  (await readFile(join(folder, `${name}.log`), 'utf8')).split('"amoCRM request"').length - 1

describe('a web process and two workers', () => {
  it('hand work over when one is stopped, and share it', async () => {
    const { sandbox, environment, notes, queues, accountId } = trial
    const [one, other] = parts.workers
    if (!one || !other) throw new Error('there are two workers')
    parts.web.start()
    one.start()
    await ready(Number(environment.PORT))
    expect((await sandbox.install()).status).toBe(200)
    await eventually(() => sandbox.stats.count({ method: 'PATCH', path: '/api/v4/contacts' }) > 0, 30_000)

    expect(await one.stop()).toBe(0)
    const stood = await readBackfill(notes)
    expect(stood?.phase).not.toBe('done')
    expect(await queues.of(accountId).getActiveCount()).toBe(0)
    other.start()
    await backfilled(trial, 30_000)
    expect(await readBackfill(notes)).toMatchObject({ run: stood?.run, deals: stood?.deals })

    one.start()
    const before = await Promise.all([requestsOf(one), requestsOf(other)])
    let seed = 0
    const shared = async () => {
      if ((await trial.settling.jobs()) === 0) busyDay(trial.world, trial.staff, { seed: ++seed, count: 20 })
      const now = await Promise.all([requestsOf(one), requestsOf(other)])
      return now.every((count, index) => count > (before[index] ?? 0))
    }
    await eventually(shared, 30_000)
    await expectRightAfterBurst(trial, 30_000)
    const codes = await Promise.all([parts.web, one, other].map((part) => part.stop()))
    expect(codes).toEqual([0, 0, 0])
  }, 120_000)
})
