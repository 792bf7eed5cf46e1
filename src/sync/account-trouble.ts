import { AmoError, type AmoErrorCode } from '../amocrm/amo-error.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'

/**
 * Refusals that concern the whole account and not one request: how long its work rests before it is tried again by
 * itself, ms. Its jobs wait meanwhile and are not failed. The platform's rules:
 * 401 also with a fresh token: the integration was removed or its installer lost his rights, only people can mend it;
 * 402: unpaid; 403 in HTML: amoCRM's protection blocked the account's API, its support has to lift it.
 */
const REST_MS: Partial<Record<AmoErrorCode, number>> = {
  unauthorized: 5 * 60_000,
  payment_required: 30 * 60_000,
  blocked: 10 * 60_000,
  rate_limited: 30_000,
}

/** How long the account has to rest after this failure; null: the failure is not the account's. */
export function restAfter(error: unknown): number | null {
  return error instanceof AmoError ? (REST_MS[error.code] ?? null) : null
}

/** Tells the account's admin what is wrong, once per trouble. */
export async function noteTrouble(
  accounts: AccountStore,
  context: AccountContext,
  error: AmoError,
  restMs: number,
): Promise<void> {
  const now = context.clock()
  const { problem } = context.record
  const since = problem?.code === error.code ? problem.since : now
  if (problem?.code !== error.code) context.log.warn({ code: error.code, ...error.details }, error.message)
  if (error.code === 'rate_limited') return
  await accounts.patch(context.id, {
    status: 'paused',
    problem: { code: error.code, message: error.message, since, retryAt: now + restMs },
  })
}

/** The account works again. */
export async function clearTrouble(accounts: AccountStore, context: AccountContext): Promise<void> {
  if (context.record.status !== 'paused') return
  context.log.info('the account works again')
  await accounts.patch(context.id, { status: 'active', problem: null })
}
