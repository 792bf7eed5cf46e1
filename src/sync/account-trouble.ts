import { AmoError, type AmoErrorCode } from '../amocrm/amo-error.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'

/**
 * Refusals that concern the whole account and not one request: how long its work rests before it is tried again by
 * itself, ms. Its jobs wait meanwhile and are not failed. The platform's rules:
 * 401 also with a fresh token: the integration was removed or its installer lost his rights, only people can mend it;
 * 402: unpaid; 403 in HTML: amoCRM's protection blocked the account's API, if it stays so its support has to lift it.
 */
const REST_MS: Partial<Record<AmoErrorCode, number>> = {
  unauthorized: 5 * 60_000,
  payment_required: 30 * 60_000,
  blocked: 10_000,
  rate_limited: 30_000,
}

/** However long amoCRM asks to wait, it is tried again after this. */
const LONGEST_ASKED_MS = 10 * 60_000

/**
 * How long the account has to rest after this failure, longer when amoCRM asks for it or its gate is closed for longer
 * (each 403 page in a row doubles that); null: the failure is not the account's.
 */
export function restAfter(error: unknown): number | null {
  const restMs = error instanceof AmoError ? REST_MS[error.code] : undefined
  if (restMs === undefined || !(error instanceof AmoError)) return null
  return Math.max(restMs, Math.min(LONGEST_ASKED_MS, error.details.retryAfterMs ?? 0))
}

/** Tells the account's admin what is wrong, once per trouble, however many jobs meet it. */
export async function noteTrouble(
  accounts: AccountStore,
  context: AccountContext,
  error: AmoError,
  restMs: number,
): Promise<void> {
  const { code, message, details } = error
  if (code === 'rate_limited') {
    context.log.warn({ code, ...details }, message)
    return
  }
  const now = context.clock()
  const before = await accounts.change(context.id, (record) => {
    const { status, problem } = record
    // A removed integration is no trouble, and a late failure must not bring it back.
    if (status === 'disconnected') return null
    const isSame = status === 'paused' && problem?.code === code
    if (isSame && problem.retryAt !== null && problem.retryAt > now) return null
    const since = isSame ? problem.since : now
    return { ...record, status: 'paused', problem: { code, message, since, retryAt: now + restMs } }
  })
  if (before && before.problem?.code !== code) context.log.warn({ code, ...details }, message)
}

/** The account works again. */
export async function clearTrouble(accounts: AccountStore, context: AccountContext): Promise<void> {
  if (context.record.status !== 'paused') return
  const before = await accounts.change(context.id, (record) =>
    record.status === 'paused' ? { ...record, status: 'active', problem: null } : null,
  )
  if (before) context.log.info('the account works again')
}
