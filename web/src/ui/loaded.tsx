import type { ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { ErrorState } from './error-state.tsx'
import { Skeleton } from './skeleton.tsx'

/** What is asked for: one query, or several taken together. */
interface Asked<T> {
  readonly data: T | undefined
  readonly error: ApiError | null
  readonly refetch: () => Promise<unknown>
}

interface LoadedProps<T> {
  readonly query: Asked<T>
  /** Default: a few lines. */
  readonly skeleton?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** A query in its states: what it answered, why it failed, or a placeholder until then. */
export const Loaded = <T,>({ query, skeleton = <Skeleton />, children }: LoadedProps<T>) => {
  const { data, error, refetch } = query
  if (data !== undefined) return children(data)
  return error === null ? skeleton : <ErrorState error={error} onRetry={() => void refetch()} />
}
