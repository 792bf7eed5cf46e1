import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiError } from './api-error.ts'
import type { Query } from './request.ts'
import { useApi } from './use-api.ts'

export interface GetOptions {
  /** Asks again every so many milliseconds while the page is seen. */
  readonly every?: number
  /** Default true. */
  readonly enabled?: boolean
  /** Shows the last answer while another one is on its way, e.g. when a filter changes. */
  readonly keepPrevious?: boolean
}

/** What one address of the account answers, remembered under `[accountId, path, query]`. */
export const useGet = <T>(path: string, query: Query = {}, options: GetOptions = {}): UseQueryResult<T, ApiError> => {
  const api = useApi()
  const { every, enabled = true, keepPrevious = false } = options
  return useQuery<T, ApiError>({
    queryKey: [api.accountId, path, query],
    queryFn: ({ signal }) => api.get<T>(path, query, signal),
    enabled,
    ...(every === undefined ? {} : { refetchInterval: every }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}
