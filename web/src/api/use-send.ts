import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiError } from './api-error.ts'
import { type Api, useApi } from './use-api.ts'

export interface SendOptions<T> {
  /** Paths whose answers are out of date then, e.g. `/clients`; longer ones below them too. Default: all. */
  readonly refresh?: readonly string[]
  readonly onDone?: (answer: T) => void
}

/** A change: `send` is given the API and what the caller passes to `mutate`. */
export const useSend = <T, Input = void>(
  send: (api: Api, input: Input) => Promise<T>,
  { refresh, onDone }: SendOptions<T> = {},
): UseMutationResult<T, ApiError, Input> => {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation<T, ApiError, Input>({
    mutationFn: (input) => send(api, input),
    onSuccess: async (answer) => {
      onDone?.(answer)
      await queries.invalidateQueries({
        predicate: ({ queryKey: [accountId, path] }) =>
          accountId === api.accountId &&
          (refresh === undefined || refresh.some((one) => typeof path === 'string' && path.startsWith(one))),
      })
    },
  })
}
