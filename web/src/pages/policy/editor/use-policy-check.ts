import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'
import type { ApiError } from '../../../api/api-error.ts'
import { useApi } from '../../../api/use-api.ts'
import { fromForm, type PolicyForm } from '../form/policy-form.ts'
import { useLate } from '../form/use-late.ts'
import type { PolicyCheck } from '../policy-types.ts'

/** How long the form has to rest before the service is asked, ms. */
const LATE_MS = 400

/** What the service says of the form as it stands; `isLate`: of the form as it stood a moment ago. */
export const usePolicyCheck = (version: number) => {
  const api = useApi()
  const { control, getValues } = useFormContext<PolicyForm>()
  useWatch({ control })
  const text = JSON.stringify(fromForm(getValues()))
  const asked = useLate(text, LATE_MS)
  const check = useQuery<PolicyCheck, ApiError>({
    queryKey: [api.accountId, '/policy/check', version, asked],
    queryFn: () => api.send<PolicyCheck>('POST', '/policy/check', { policy: JSON.parse(asked) }),
    placeholderData: keepPreviousData,
  })
  return { check, isLate: text !== asked || check.isPlaceholderData }
}
