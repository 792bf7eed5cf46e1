import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import type { ApiError } from '../../../api/api-error.ts'
import { useApi } from '../../../api/use-api.ts'
import type { PolicyForm } from '../form/policy-form.ts'
import { useLate } from '../form/use-late.ts'
import type { PurchaseSample } from '../policy-types.ts'

const LATE_MS = 800

/** Which deals the definition that is being edited counts, a moment after its last change. */
export const usePurchaseSample = () => {
  const api = useApi()
  const [purchasePipelines, purchaseDateField, minPrice, clientEntity] = useWatch<
    PolicyForm,
    readonly ['purchasePipelines', 'purchaseDateField', 'minPrice', 'clientEntity']
  >({ name: ['purchasePipelines', 'purchaseDateField', 'minPrice', 'clientEntity'] })
  const text = JSON.stringify({ purchasePipelines, purchaseDateField, minPrice, clientEntity })
  const asked = useLate(text, LATE_MS)
  return useQuery<PurchaseSample, ApiError>({
    queryKey: [api.accountId, '/policy/purchases', asked],
    queryFn: () => api.send<PurchaseSample>('POST', '/policy/purchases', { policy: JSON.parse(asked) }),
    placeholderData: keepPreviousData,
  })
}
