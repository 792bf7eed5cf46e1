import { type ReactNode, useMemo } from 'react'
import { useAdminReason } from '../../../ui/use-admin-reason.ts'
import type { Catalogue, PolicyFault } from '../policy-types.ts'
import { CheckContext, type CheckState } from './check-context.ts'
import { type Editor, EditorContext } from './editor-context.ts'
import { usePolicyCheck } from './use-policy-check.ts'

const NONE: readonly PolicyFault[] = []

interface CheckProviderProps {
  readonly catalogue: Catalogue
  /** Version of the policy in force, which the form is compared with. */
  readonly version: number
  readonly children: ReactNode
}

/** Has the form checked while it is edited, and tells its parts what is wrong with them. */
export const CheckProvider = ({ catalogue, version, children }: CheckProviderProps) => {
  const { check, isLate } = usePolicyCheck(version)
  const readOnly = useAdminReason()
  const errors = check.data?.errors ?? NONE
  const warnings = check.data?.warnings ?? NONE
  const editor = useMemo<Editor>(
    () => ({ catalogue, errors, warnings, readOnly }),
    [catalogue, errors, warnings, readOnly],
  )
  const { data, error } = check
  const state = useMemo<CheckState>(() => ({ check: data ?? null, error, isLate }), [data, error, isLate])
  return (
    <EditorContext value={editor}>
      <CheckContext value={state}>{children}</CheckContext>
    </EditorContext>
  )
}
