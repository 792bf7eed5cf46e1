import { expect } from 'vitest'
import { checkFinalState, type FinalState } from '../../../sandbox/demo/check-final-state.ts'
import { LIMIT_MS } from './patient.ts'
import type { Trial } from './start-trial.ts'

/** Waits until the service has nothing left to do, then compares every client with a recomputation. */
export async function expectAllRight(trial: Trial, limitMs = LIMIT_MS): Promise<FinalState> {
  const state = await settledState(trial, limitMs)
  expect(state.differences).toEqual([])
  return state
}

/** What may be in the middle of being written when people close, freeze or delete it. */
const OVERTAKEN: readonly string[] = ['closed deal', 'frozen', 'deleted']

/**
 * The same after a burst of changes, many to one client: what is closed, frozen or deleted while its client is being
 * written may still get the tags that were right a moment before. Whatever is open and free has to be exact.
 */
export async function expectRightAfterBurst(trial: Trial, limitMs = LIMIT_MS): Promise<void> {
  const { differences } = await settledState(trial, limitMs)
  expect(differences.filter(({ rule }) => !OVERTAKEN.includes(rule))).toEqual([])
}

async function settledState(trial: Trial, limitMs: number): Promise<FinalState> {
  expect(await trial.settling.settled(limitMs), 'the service has nothing left to do').toBe(true)
  return checkFinalState(trial)
}
