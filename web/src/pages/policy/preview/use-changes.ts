import { useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../../api/api-error.ts'
import { useApi } from '../../../api/use-api.ts'
import type { Policy, PolicyCheck } from '../policy-types.ts'

/** What a policy changes of the one of this version, in force so far, in the reader's words. */
export const useChanges = (policy: Policy, version: number) => {
  const api = useApi()
  const { lang } = api
  return useQuery<PolicyCheck, ApiError, readonly string[]>({
    // Not among what is asked for again when a run ends: by then it is the policy in force itself.
    queryKey: ['policy changes', api.accountId, version, JSON.stringify(policy)],
    queryFn: () => api.send<PolicyCheck>('POST', '/policy/check', { policy }),
    staleTime: Number.POSITIVE_INFINITY,
    select: ({ changes }) => changes?.[lang] ?? [],
  })
}
