import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey } from '../store/client-key.ts'
import type { AccountContext } from './account-context.ts'

/** A policy that was applied and is not yet brought to all clients. */
export interface PendingRollout {
  readonly version: number
  /** Name of its run, in the journal too. */
  readonly run: string
  /** What becomes of the clients it concerns, see `ReconcileOptions.held`. */
  readonly held: 'release' | 'hold'
  /** Keys of clients on trial: they are released whatever becomes of the others. */
  readonly trial: ReadonlySet<string>
  /** Whether the mirror suffices, or the base has to be read again. */
  readonly work: 'redecide' | 'backfill'
}

/** Version of the last policy whose rollout ended. */
const ROLLED_OUT = 'rolled-out'

export function rolloutRun(version: number): string {
  return `policy-${version}`
}

/**
 * Null: the policy in force is everywhere, or was never meant to be brought anywhere.
 *
 * @param work only a rollout by this kind of work.
 */
export async function pendingRollout(
  context: AccountContext,
  work?: PendingRollout['work'],
): Promise<PendingRollout | null> {
  const { rollout, policyVersion: version } = context
  if (!rollout || (work && work !== rollout.work)) return null
  if (((await context.notes.get<number>(ROLLED_OUT)) ?? 0) >= version) return null
  const held = rollout.scope === 'all' ? 'release' : 'hold'
  return { version, run: rolloutRun(version), held, trial: new Set(rollout.clients), work: rollout.work }
}

/** What becomes of one client under a rollout. */
export function heldUnder({ held, trial }: Pick<PendingRollout, 'held' | 'trial'>, ref: ClientRef): 'release' | 'hold' {
  return trial.has(clientKey(ref)) ? 'release' : held
}

/** The policy of this version is everywhere, or is not to be brought any further. */
export async function endRollout({ notes }: AccountContext, version: number): Promise<void> {
  const ended = (await notes.get<number>(ROLLED_OUT)) ?? 0
  if (version > ended) await notes.set(ROLLED_OUT, version)
}
