import type { JournalEntry } from '../store/journal.ts'
import type { AccountContext } from './account-context.ts'
import { RunChange } from './run-changes.ts'

/** Entities whose changes are gathered by one walk through the journal: what of them is held in memory meanwhile. */
const PER_WALK = 20_000

/**
 * What a run, or (null) all of them together, changed of each entity, some thousands of entities at a time.
 *
 * @param part the part of an entry that counts; null: nothing of it.
 */
export async function* journalChanges(
  context: AccountContext,
  run: string | null,
  part: (entry: JournalEntry) => JournalEntry | null = (entry) => entry,
): AsyncGenerator<RunChange[]> {
  const done = new Set<string>()
  for (;;) {
    const changes = await someChanges(context, run, part, done)
    if (changes.size === 0) return
    for (const key of changes.keys()) done.add(key)
    yield [...changes.values()]
  }
}

async function someChanges(
  context: AccountContext,
  run: string | null,
  part: (entry: JournalEntry) => JournalEntry | null,
  done: ReadonlySet<string>,
): Promise<Map<string, RunChange>> {
  const changes = new Map<string, RunChange>()
  for await (const entries of context.journal.ofRun(context.id, run)) {
    for (const whole of entries) {
      const entry = part(whole)
      const key = `${whole.entity}/${whole.entityId}`
      if (entry === null || done.has(key)) continue
      const known = changes.get(key)
      if (!known && changes.size >= PER_WALK) continue
      const change = known ?? new RunChange(entry)
      change.addEarlier(entry)
      changes.set(key, change)
    }
  }
  return changes
}
