import type { ClientRef } from '../segmentation/verdict.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'

/** After the tries of his job, which take less. */
const LATER_S = 3600

/**
 * A client who is due and fails goes behind those who do not: the due clock takes the most overdue first, and many who
 * always fail would keep it from ever coming to the rest.
 */
export async function postpone(context: AccountContext, ref: ClientRef): Promise<void> {
  const now = nowSeconds(context)
  await context.mirror.update(context.id, ref, (doc) =>
    doc?.dueAt != null && doc.dueAt <= now ? { ...doc, dueAt: now + LATER_S } : doc,
  )
}
