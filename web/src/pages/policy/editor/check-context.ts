import { createContext, use } from 'react'
import type { ApiError } from '../../../api/api-error.ts'
import type { PolicyCheck } from '../policy-types.ts'

/** The last answer of the checker. */
export interface CheckState {
  /** Null: none came yet. */
  readonly check: PolicyCheck | null
  readonly error: ApiError | null
  /** The form changed since. */
  readonly isLate: boolean
}

export const CheckContext = createContext<CheckState | null>(null)

/** Anywhere inside the editor of a policy. */
export const useCheckState = (): CheckState => {
  const state = use(CheckContext)
  if (state === null) throw new Error('there is no checker around this component')
  return state
}
