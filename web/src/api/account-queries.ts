import { queryOptions } from '@tanstack/react-query'
import type { ApiError } from './api-error.ts'
import { requestJson } from './request.ts'
import type { Account, AccountStructure, Caller } from './types.ts'

const STRUCTURE_FRESH_MS = 5 * 60_000

/** @param known the operator's token; inside amoCRM it is one and the same person however often his session is renewed */
export const callerQuery = (known: string) =>
  queryOptions<Caller, ApiError>({
    queryKey: ['caller', known],
    queryFn: ({ signal }) => requestJson('GET', '/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const accountQuery = (accountId: number) =>
  queryOptions<Account, ApiError>({
    queryKey: [accountId, '', {}],
    queryFn: ({ signal }) => requestJson('GET', `/accounts/${accountId}`, { signal }),
  })

export const structureQuery = (accountId: number) =>
  queryOptions<AccountStructure, ApiError>({
    queryKey: [accountId, '/structure', {}],
    queryFn: ({ signal }) => requestJson('GET', `/accounts/${accountId}/structure`, { signal }),
    staleTime: STRUCTURE_FRESH_MS,
  })
