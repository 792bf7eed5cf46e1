import type { ClientKind } from '../segmentation/facts.ts'
import type { AccountNotes } from '../store/account-notes.ts'

export type BackfillPhase =
  | 'leads'
  | 'events'
  | 'lead_notes'
  | 'contact_notes'
  | 'contacts'
  | 'companies'
  | 'unread'
  | 'done'

/**
 * Order of the phases. Deals come before the clients they belong to, so that a client can be decided when his card is
 * read. Messages and calls come before the contacts for the same reason; a company is known from its contacts only.
 */
export const BACKFILL_PHASES: Record<ClientKind, readonly BackfillPhase[]> = {
  contact: ['leads', 'events', 'lead_notes', 'contact_notes', 'contacts', 'unread'],
  company: ['leads', 'companies', 'contacts', 'unread', 'events', 'lead_notes', 'contact_notes'],
}

/**
 * Raised whenever the mirror comes to keep more of a client than an earlier version did: what that one read is then read
 * again. 2: his name, and the figures that lists show.
 */
export const MIRROR_LAYOUT = 2

/** How far a backfill came. Kept after each page: the checkpoint from which a crash is survived. */
export interface BackfillState {
  readonly run: string
  readonly phase: BackfillPhase
  /** Last page of the phase that is done; 0: none. */
  readonly page: number
  readonly deals: number
  readonly clients: number
  readonly writes: number
  /** Milliseconds. */
  readonly startedAt: number
  readonly finishedAt: number | null
  /** What it keeps of each client; absent: it began under layout 1. */
  readonly layout?: number
  /** Deals and clients there are, by the reading before or what is known of this one; absent: nothing is known yet. */
  readonly expected?: Readonly<Record<'deals' | 'clients', number>>
  /** When (ms) the phase began or was taken up again, and how much of it was done then: what its pace is measured from. */
  readonly since?: { readonly at: number; readonly done: number }
}

const NOTE = 'backfill'

/** @param before the last one that came to its end, if any */
export function newBackfill(run: string, now: number, before: BackfillState | null = null): BackfillState {
  const state = { phase: 'leads', page: 0, deals: 0, clients: 0, writes: 0, startedAt: now, finishedAt: null } as const
  const isWhole = before?.phase === 'done' && before.clients > 0
  return {
    run,
    ...state,
    layout: MIRROR_LAYOUT,
    ...(isWhole && { expected: { deals: before.deals, clients: before.clients } }),
  }
}

export function readBackfill(notes: AccountNotes): Promise<BackfillState | null> {
  return notes.get<BackfillState>(NOTE)
}

export function writeBackfill(notes: AccountNotes, state: BackfillState): Promise<void> {
  return notes.set(NOTE, state)
}

/** Makes a backfill that is waiting to go on begin anew: what it has read so far is not enough any more. */
export function forgetCheckpoint(notes: AccountNotes): Promise<void> {
  return notes.remove(NOTE)
}

/** The backfill that did not come to its end yet; null: none, or the last one did. */
export async function unfinishedBackfill(notes: AccountNotes): Promise<BackfillState | null> {
  const state = await readBackfill(notes)
  return state?.phase === 'done' ? null : state
}
