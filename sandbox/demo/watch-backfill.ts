import { setTimeout as delay } from 'node:timers/promises'
import type { AccountNotes } from '../../src/store/account-notes.ts'
import { type BackfillState, readBackfill } from '../../src/sync/backfill-state.ts'
import { showProgress } from './show-progress.ts'

export interface BackfillWatch {
  readonly notes: AccountNotes
  /** Cards there are to read. */
  readonly total: number
  readonly limitMs: number
  /** Called once when this share was read, 0 to 1. */
  readonly at?: { readonly share: number; readonly act: () => Promise<void> } | undefined
}

const POLL_MS = 100

/** Shows how far the backfill is until it is done; throws when it takes longer than `limitMs`. */
export async function watchBackfill({ notes, total, limitMs, at }: BackfillWatch): Promise<BackfillState> {
  const end = performance.now() + limitMs
  const progress = showProgress('backfill', total)
  let isActed = at === undefined
  while (performance.now() < end) {
    const state = await readBackfill(notes)
    const done = state === null ? 0 : state.deals + state.clients
    progress.show(done)
    if (state?.phase === 'done') {
      progress.end()
      return state
    }
    if (!isActed && at !== undefined && done >= total * at.share) {
      isActed = true
      await at.act()
    }
    await delay(POLL_MS)
  }
  throw new Error(`The backfill did not end within ${limitMs / 1000} s.`)
}
