import type { Communication, Company, Contact } from '../amocrm/entities.ts'
import type { ClientKind } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import {
  BACKFILL_PHASES,
  type BackfillPhase,
  type BackfillState,
  newBackfill,
  readBackfill,
  writeBackfill,
} from './backfill-state.ts'
import { countClients } from './count-clients.ts'
import { firstCommunications } from './first-communications.ts'
import { foldCard } from './fold-card.ts'
import { foldDeals } from './fold-deals.ts'
import { recountGaps } from './gap-figures.ts'
import { noteIncoming, readDeals } from './look.ts'
import { reconcile } from './reconcile.ts'
import { heldUnder, pendingRollout } from './rollout.ts'
import { readWatermark, setWatermark } from './sweep-watermark.ts'
import { lookAtUnseen, unseenClients } from './unseen.ts'
import { walkPages } from './walk-pages.ts'
import { WorkWindow } from './work-window.ts'

/** Pages of clients whose writes are gathered at once: a client has fewer open deals than a batch has places. */
const PAGES_SETTLING = 8

export interface BackfillJob {
  /** Names the run: a state left by an earlier run of the same name is taken up where it stood. */
  readonly run: string
  readonly signal: AbortSignal
  readonly onProgress: (state: BackfillState) => Promise<void>
  /** Called for each page of clients: the context with the policy that is now in force. */
  readonly current: (context: AccountContext) => Promise<AccountContext>
  /** Called when all deals are read: the context with the account's figures as they then are. */
  readonly withFigures: (context: AccountContext) => Promise<AccountContext>
}

/**
 * Reads the whole base and makes every client right: deals first, then what was written or called, then the clients,
 * each decided as soon as his page is read. A checkpoint after each page: a crash costs at most the page it hit.
 * Answers false when the signal stopped it before its end.
 */
export async function backfill(installed: AccountContext, job: BackfillJob): Promise<boolean> {
  let context = installed
  const stored = await readBackfill(context.notes)
  let state = stored?.run === job.run ? stored : newBackfill(job.run, context.clock(), stored)
  if (state.phase === 'done') return true
  const save = async (change: Partial<BackfillState>): Promise<void> => {
    state = { ...state, ...change }
    await writeBackfill(context.notes, state)
    await job.onProgress(state)
  }
  if (state !== stored) {
    await recountGaps(context)
    // A mark that stands already is not moved: what was deleted since is found in the bin only, and only by the sweep.
    if ((await readWatermark(context)) === null) await setWatermark(context, nowSeconds(context))
  }
  await save({})
  for (const phase of phasesFrom(state.phase, context.policy.clientEntity)) {
    if (job.signal.aborted) return false
    if (phase === 'contacts' || phase === 'companies') context = await job.withFigures(context)
    if (state.phase !== phase) await save({ phase, page: 0 })
    await save(await outlook(context, state))
    if (!(await runPhase(context, job, phase, () => state, save))) return false
  }
  await save({ phase: 'done', page: 0, finishedAt: context.clock() })
  const { run, deals, clients, writes } = state
  context.log.info({ run, deals, clients, writes }, 'the whole base was read, and what differed was written')
  return true
}

/** From where the pace of a phase is measured, and how much there is, as far as is known now. */
async function outlook(context: AccountContext, state: BackfillState): Promise<Partial<BackfillState>> {
  const { phase, deals, clients } = state
  const since = { at: context.clock(), done: phase === 'leads' ? deals : clients }
  if (phase === 'leads') return { since }
  // Whoever has no deal is not known before his own card is read.
  const known = Math.max(await countClients(context), state.expected?.clients ?? 0)
  return { since, expected: { deals, clients: known } }
}

type Save = (change: Partial<BackfillState>) => Promise<void>

function phasesFrom(phase: BackfillPhase, mode: ClientKind): BackfillPhase[] {
  const order = BACKFILL_PHASES[mode]
  return order.slice(Math.max(0, order.indexOf(phase)))
}

function runPhase(
  context: AccountContext,
  job: BackfillJob,
  phase: BackfillPhase,
  state: () => BackfillState,
  save: Save,
): Promise<boolean> {
  const { signal } = job
  const from = state().page + 1
  switch (phase) {
    case 'leads':
      return walkPages({
        from,
        signal,
        fetch: (page) => context.api.leads({ page, order: 'id' }, 'backfill'),
        onPage: async (leads, page) => {
          await foldDeals(context, leads, { mark: false })
          await save({ page, deals: state().deals + leads.length })
        },
      })
    case 'contacts':
    case 'companies':
      return settlePages(context, job, phase, state, save)
    case 'events':
    case 'lead_notes':
    case 'contact_notes':
      return walkPages({
        from,
        signal,
        fetch: (page) => context.api.communications(phase, page),
        onPage: async (communications, page) => {
          await noteAll(context, job, communications)
          await save({ page })
        },
      })
    case 'unread':
      return settleUnseen(context, job, save, state)
    case 'done':
      return Promise.resolve(true)
  }
}

/** Reads the pages of clients and settles several at once. The checkpoint follows the oldest that is not settled. */
async function settlePages(
  context: AccountContext,
  job: BackfillJob,
  phase: 'contacts' | 'companies',
  state: () => BackfillState,
  save: Save,
): Promise<boolean> {
  const kind = phase === 'contacts' ? 'contact' : 'company'
  const pages = new WorkWindow<{ page: number; cards: number; writes: number }>(PAGES_SETTLING, (done) =>
    save({ page: done.page, clients: state().clients + done.cards, writes: state().writes + done.writes }),
  )
  const isWhole = await walkPages<Contact | Company>({
    from: state().page + 1,
    signal: job.signal,
    fetch: (page) => context.api[phase]({ page, order: 'id' }, 'backfill'),
    onPage: async (cards, page) => {
      const settled = settleCards(context, job, kind, cards)
      await pages.add(settled.then((writes) => ({ page, cards: cards.length, writes })))
    },
  })
  await pages.drain()
  return isWhole
}

/**
 * Decides and writes a page of clients; their writes gather with those of the neighbouring pages. Again, when the
 * policy changed meanwhile: who then goes over the base may pass a client before the answer of the old one came.
 */
async function settleCards(
  installed: AccountContext,
  job: BackfillJob,
  kind: ClientKind,
  cards: readonly (Contact | Company)[],
): Promise<number> {
  let context = await job.current(installed)
  await readUnknownDeals(context, cards)
  for (let total = 0; ; ) {
    const writes = await Promise.all(
      cards.map(async (card) => {
        const ref: ClientRef = { kind, id: card.id }
        await foldCard(context, ref, card, { mark: false })
        return settle(context, job, ref)
      }),
    )
    total += writes.reduce((sum, count) => sum + count, 0)
    const current = await job.current(context)
    if (current.compiled === context.compiled) return total
    context = current
  }
}

/** A deal whose page was passed over: one before it was deleted, and the rest moved up between two pages. */
async function readUnknownDeals(context: AccountContext, cards: readonly (Contact | Company)[]): Promise<void> {
  const linked = [...new Set(cards.flatMap((card) => card.leadIds))]
  const owners = await context.mirror.owners(context.id, linked)
  const unknown = linked.filter((id) => owners.get(id)?.type === 'unknown')
  if (unknown.length > 0) await readDeals(context, unknown, 'backfill')
}

async function settle(context: AccountContext, { run }: BackfillJob, ref: ClientRef): Promise<number> {
  // Of the policy now in force: one for new cases only is no reason to write to a client that stands otherwise.
  const rollout = await pendingRollout(context)
  const held = rollout ? heldUnder(rollout, ref) : 'leave'
  const result = await reconcile(context, ref, { priority: 'backfill', run, breaker: null, held })
  return result.type === 'settled' ? result.writes : 0
}

/** Clients whose page was not read: companies of deals without a contact mostly, and what `lookAtUnseen` is for. */
async function settleUnseen(
  context: AccountContext,
  job: BackfillJob,
  save: Save,
  state: () => BackfillState,
): Promise<boolean> {
  for await (const unseen of unseenClients(context, state().startedAt)) {
    if (job.signal.aborted) return false
    const writes = await Promise.all(
      unseen.map(async (doc) => {
        await lookAtUnseen(context, doc, state().startedAt)
        return settle(context, job, doc.ref)
      }),
    )
    const written = writes.reduce((sum, count) => sum + count, 0)
    await save({ clients: state().clients + unseen.length, writes: state().writes + written })
  }
  return true
}

async function noteAll(
  context: AccountContext,
  job: BackfillJob,
  communications: readonly Communication[],
): Promise<void> {
  const first = await firstCommunications(context, communications)
  await Promise.all(
    first.map(async ({ ref, at }) => {
      // Where the clients were decided already, the news is acted on at once; else their page is still to come.
      const isDecided = context.policy.clientEntity === 'company'
      const changed = await noteIncoming(context, ref, at, { priority: 'backfill', mark: isDecided })
      if (isDecided) await Promise.all(changed.map((client) => settle(context, job, client)))
    }),
  )
}
