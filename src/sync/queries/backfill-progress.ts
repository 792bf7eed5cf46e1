import type { AccountContext } from '../account-context.ts'
import { BACKFILL_PHASES, type BackfillPhase, type BackfillState, readBackfill } from '../backfill-state.ts'

export interface BackfillProgress {
  readonly run: string
  readonly phase: BackfillPhase
  /** How much of the phases is done, 0 to 1. */
  readonly share: number
  readonly deals: number
  readonly clients: number
  readonly writes: number
  /** As many as there are, as far as is known: amoCRM tells no totals, so null while the first deals are read. */
  readonly totalDeals: number | null
  readonly totalClients: number | null
  /** Deals or clients a second, since the phase began or was taken up again; null: none yet. */
  readonly perSecond: number | null
  readonly secondsLeft: number | null
  readonly startedAt: number
  readonly finishedAt: number | null
}

/** A page of clients is read and written to, one of deals only read. */
const CLIENTS_PER_DEAL_PACE = 0.5

export const backfillProgress = async (context: AccountContext): Promise<BackfillProgress | null> => {
  const state = await readBackfill(context.notes)
  return state && progressOf(state, BACKFILL_PHASES[context.policy.clientEntity], context.clock())
}

/** How far a backfill is at an instant (ms), and how long it takes at its present pace. */
export const progressOf = (state: BackfillState, phases: readonly BackfillPhase[], now: number): BackfillProgress => {
  const { run, phase, deals, clients, writes, startedAt, finishedAt } = state
  const { expected = null } = state
  const perSecond = paceOf(state, now)
  return {
    ...{ run, phase, deals, clients, writes, startedAt, finishedAt, perSecond },
    share: shareOf(state, phases),
    totalDeals: expected && Math.max(expected.deals, deals),
    totalClients: expected && Math.max(expected.clients, clients),
    secondsLeft: phase === 'done' ? 0 : secondsLeft(state, perSecond),
  }
}

function shareOf(state: BackfillState, phases: readonly BackfillPhase[]): number {
  if (state.phase === 'done') return 1
  const { done, expected } = workOf(state)
  const within = expected === null || expected === 0 ? 0 : Math.min(1, done / expected)
  return Math.min(1, (Math.max(0, phases.indexOf(state.phase)) + within) / phases.length)
}

/** What the phase goes through: how many of them are done, and are expected. */
function workOf({ phase, deals, clients, expected }: BackfillState): { done: number; expected: number | null } {
  if (phase === 'leads') return { done: deals, expected: expected?.deals ?? null }
  const isOfClients = phase === 'contacts' || phase === 'companies'
  return isOfClients ? { done: clients, expected: expected?.clients ?? null } : { done: 0, expected: null }
}

function paceOf(state: BackfillState, now: number): number | null {
  const { since } = state
  const done = since ? workOf(state).done - since.done : 0
  return since && done > 0 ? done / Math.max(1, (now - since.at) / 1000) : null
}

function secondsLeft({ phase, deals, clients, expected }: BackfillState, perSecond: number | null): number | null {
  if (!expected || perSecond === null) return null
  const clientsLeft = Math.max(0, expected.clients - clients)
  if (phase !== 'leads') return Math.ceil(clientsLeft / perSecond)
  const dealsLeft = Math.max(0, expected.deals - deals)
  return Math.ceil(dealsLeft / perSecond + clientsLeft / (perSecond * CLIENTS_PER_DEAL_PACE))
}
