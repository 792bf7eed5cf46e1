import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { AccountContext } from '../api/account.ts'
import { accountQuery, structureQuery } from '../api/account-queries.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageSkeleton } from '../ui/skeleton.tsx'
import { useCaller } from './caller.ts'

/** Reads the account of the address, and what surrounds its clients, before its pages are shown. */
export const AccountGate = ({ accountId, children }: { readonly accountId: number; readonly children: ReactNode }) => {
  const caller = useCaller()
  const account = useQuery(accountQuery(accountId))
  const structure = useQuery(structureQuery(accountId))
  const current = useMemo(
    () => account.data && structure.data && { account: account.data, structure: structure.data, caller },
    [account.data, structure.data, caller],
  )
  if (current) return <AccountContext value={current}>{children}</AccountContext>
  const failed = [account, structure].find(({ error }) => error !== null)
  return failed?.error ? (
    <main className="sign-in">
      <ErrorState error={failed.error} onRetry={() => void Promise.all([account.refetch(), structure.refetch()])} />
    </main>
  ) : (
    <PageSkeleton />
  )
}
