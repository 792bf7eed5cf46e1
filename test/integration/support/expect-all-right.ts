import { expect } from 'vitest'
import { checkFinalState, type FinalState } from '../../../sandbox/demo/check-final-state.ts'
import type { Trial } from './start-trial.ts'

/** Waits until the service has nothing left to do, then compares every client with a recomputation. */
export async function expectAllRight(trial: Trial, limitMs = 20_000): Promise<FinalState> {
  expect(await trial.settling.settled(limitMs), 'the service has nothing left to do').toBe(true)
  const state = await checkFinalState(trial)
  expect(state.differences).toEqual([])
  return state
}
