import type { AccountContext } from './account-context.ts'

const NOTE = 'sweep'

/** Counter of the clients that sweeps found changed. */
export const REPAIRS = 'repairs'

/** From when the next sweep has to read, in seconds; null: there was neither a sweep nor a backfill. */
export async function readWatermark({ notes }: Pick<AccountContext, 'notes'>): Promise<number | null> {
  return (await notes.get<{ seconds: number }>(NOTE))?.seconds ?? null
}

/** Set by a sweep that came to its end to its own beginning, and by the first backfill to its. */
export function setWatermark({ notes }: Pick<AccountContext, 'notes'>, seconds: number): Promise<void> {
  return notes.set(NOTE, { seconds })
}
