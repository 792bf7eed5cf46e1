import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import { useApi } from '../../api/use-api.ts'
import type { ClientPageOf } from './clients-types.ts'
import { type ListFilter, queryOf } from './list-filter.ts'

const AT_ONCE = 100

/** The list page by page; each page is asked for when the rows before it come into sight. */
export const useClientList = (filter: ListFilter) => {
  const api = useApi()
  const query = queryOf(filter)
  return useInfiniteQuery<ClientPageOf, ApiError, { pages: ClientPageOf[] }, readonly unknown[], string | null>({
    queryKey: [api.accountId, '/clients', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get<ClientPageOf>(
        '/clients',
        cursor === null ? { ...query, limit: AT_ONCE } : { cursor, limit: AT_ONCE },
        signal,
      ),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // A list that is turned over again would lose its place.
    refetchOnWindowFocus: false,
  })
}
