import { useGet } from '../../../api/use-get.ts'
import type { Policy, PolicyAnswer } from '../policy-types.ts'

export interface Presets {
  readonly presets: readonly { readonly name: string; readonly policy: Policy }[]
}

/** The policy before a version; before the first one the default was in force. Null: it is not known yet. */
export const usePolicyBefore = (version: number): Policy | null => {
  const stored = useGet<PolicyAnswer>(`/policy/versions/${version - 1}`, {}, { enabled: version > 1 })
  const presets = useGet<Presets>('/policy/presets', {}, { enabled: version === 1 })
  return stored.data?.policy ?? presets.data?.presets.find(({ name }) => name === 'default')?.policy ?? null
}
