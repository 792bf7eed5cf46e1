import { decide } from '../../src/segmentation/decide.ts'
import type { ClientFacts } from '../../src/segmentation/facts.ts'
import { segmentsOf } from '../../src/segmentation/transitions.ts'
import { type ClientDoc, emptyClient } from '../../src/store/client-doc.ts'
import type { IndexCommand } from '../../src/store/index-changes.ts'
import { type AccountContext, nowSeconds } from '../../src/sync/account-context.ts'
import { withWritten } from '../../src/sync/apply-writes.ts'
import { figuresOf } from '../../src/sync/figures-of.ts'
import { planWrites } from '../../src/sync/plan.ts'

const AT_ONCE = 1_000
const HOUR_MS = 3_600_000

/** Puts clients into the mirror as they stand after a backfill: read, decided, and tagged as the policy asks. */
export async function fillMirror(context: AccountContext, clients: readonly ClientFacts[]): Promise<void> {
  for (let from = 0; from < clients.length; from += AT_ONCE) {
    const docs = clients.slice(from, from + AT_ONCE).map((client) => settledDoc(context, client))
    await Promise.all(docs.map((doc) => context.mirror.commit(context.id, null, doc, [nameOf(context, doc)])))
  }
}

/** As long as people's names are. */
function nameOf(context: AccountContext, { ref }: ClientDoc): IndexCommand {
  return context.mirror.nameCommand(
    context.id,
    ref,
    `${FIRST_NAMES[ref.id % FIRST_NAMES.length]} Покупателев ${ref.id}`,
  )
}

const FIRST_NAMES = ['Анна', 'Константин', 'Марина', 'Пётр', 'Ольга']

function settledDoc(context: AccountContext, client: ClientFacts): ClientDoc {
  const now = nowSeconds(context)
  const readAt = context.clock() - HOUR_MS
  const verdict = decide(client, context.compiled, now)
  const writes = planWrites(client, verdict, context.compiled)
  const { kind, id, createdAt, responsibleUserId, tags, fields, hasPhone, hasEmail } = client
  const read: ClientDoc = {
    ...emptyClient({ kind, id }),
    card: { createdAt, responsibleUserId, tags, fields, hasPhone, hasEmail, companyId: null, readAt, wroteAt: 0 },
    deals: client.deals.map((deal) => ({ ...deal, readAt, wroteAt: 0 })),
  }
  const done = writes.map((write) => ({ write, outcome: { type: 'written' } as const, endedAt: 0 }))
  const figures = figuresOf(client, verdict, context.compiled)
  return { ...withWritten(read, done), decided: segmentsOf(verdict), figures, dueAt: verdict.nextChangeAt }
}
