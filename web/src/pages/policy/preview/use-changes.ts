import { useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../../api/api-error.ts'
import { useApi } from '../../../api/use-api.ts'
import type { Policy, PolicyCheck } from '../policy-types.ts'

/** What a policy changes of the one in force, in the reader's words. */
export const useChanges = (policy: Policy) => {
  const api = useApi()
  const { lang } = api
  return useQuery<PolicyCheck, ApiError, readonly string[]>({
    queryKey: [api.accountId, '/policy/check', JSON.stringify(policy)],
    queryFn: () => api.send<PolicyCheck>('POST', '/policy/check', { policy }),
    select: ({ changes }) => changes?.[lang] ?? [],
  })
}
