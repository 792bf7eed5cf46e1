import { expect } from 'vitest'
import { readBackfill } from '../../../src/sync/backfill-state.ts'
import { eventually } from './eventually.ts'
import { LIMIT_MS } from './patient.ts'
import type { Trial } from './start-trial.ts'

/** Starts the service, installs it as an account's admin does, and waits for the end of the backfill. */
export async function install(trial: Trial): Promise<void> {
  await trial.start()
  const outcome = await trial.sandbox.install()
  expect(outcome.status).toBe(200)
  await backfilled(trial)
}

export async function backfilled(trial: Pick<Trial, 'notes'>, limitMs = LIMIT_MS): Promise<void> {
  await eventually(async () => (await readBackfill(trial.notes))?.phase === 'done', limitMs)
}
