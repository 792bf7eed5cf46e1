import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useSyncExternalStore } from 'react'
import { callerQuery } from '../api/account-queries.ts'
import { sessionSource } from '../api/session-source.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageSkeleton } from '../ui/skeleton.tsx'
import { CallerContext } from './caller.ts'
import { SignIn } from './sign-in.tsx'

const subscribe = (listener: () => void) => sessionSource.subscribe(listener)
const token = () => sessionSource.current()?.token ?? null

/** Lets through whoever the service knows: signed in by amoCRM around this page, or by the operator's token. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const known = useSyncExternalStore(subscribe, token)
  const mayAsk = known !== null || !sessionSource.isInteractive
  const caller = useQuery({ ...callerQuery(sessionSource.isInteractive ? (known ?? '') : 'around'), enabled: mayAsk })
  if (caller.data) return <CallerContext value={caller.data}>{children}</CallerContext>
  if (caller.error?.status === 401 && sessionSource.isInteractive) return <SignIn />
  if (caller.error) return <ErrorState error={caller.error} onRetry={() => void caller.refetch()} />
  return mayAsk ? <PageSkeleton /> : <SignIn />
}
