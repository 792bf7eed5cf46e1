import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { AccountContext } from '../api/account.ts'
import type { ApiError } from '../api/api-error.ts'
import { requestJson } from '../api/request.ts'
import type { Account, AccountStructure } from '../api/types.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageSkeleton } from '../ui/skeleton.tsx'
import { useCaller } from './caller.ts'

const STRUCTURE_FRESH_MS = 5 * 60_000

/** Reads the account of the address, and what surrounds its clients, before its pages are shown. */
export const AccountGate = ({ accountId, children }: { readonly accountId: number; readonly children: ReactNode }) => {
  const caller = useCaller()
  const account = useQuery<Account, ApiError>({
    queryKey: [accountId, '', {}],
    queryFn: ({ signal }) => requestJson('GET', `/accounts/${accountId}`, { signal }),
  })
  const structure = useQuery<AccountStructure, ApiError>({
    queryKey: [accountId, '/structure', {}],
    queryFn: ({ signal }) => requestJson('GET', `/accounts/${accountId}/structure`, { signal }),
    staleTime: STRUCTURE_FRESH_MS,
  })
  const current = useMemo(
    () => account.data && structure.data && { account: account.data, structure: structure.data, caller },
    [account.data, structure.data, caller],
  )
  if (current) return <AccountContext value={current}>{children}</AccountContext>
  const failed = [account, structure].find(({ error }) => error !== null)
  return failed?.error ? (
    <ErrorState error={failed.error} onRetry={() => void Promise.all([account.refetch(), structure.refetch()])} />
  ) : (
    <PageSkeleton />
  )
}
