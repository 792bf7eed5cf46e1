import { useEffect, useRef } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import { useAccount } from '../../../api/account.ts'
import { fromForm, type PolicyForm } from '../form/policy-form.ts'
import { keepDraft } from './kept-draft.ts'

/** Keeps unsaved changes while the reader is on another page, and asks before the browser leaves them behind. */
export const LeaveGuard = ({ version }: { readonly version: number }) => {
  const { account } = useAccount()
  const { getValues } = useFormContext<PolicyForm>()
  const { isDirty } = useFormState<PolicyForm>()
  const latest = useRef({ version, isDirty })
  latest.current = { version, isDirty }
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
  useEffect(
    () => () => {
      const { version: basedOn, isDirty: isUnsaved } = latest.current
      keepDraft(account.id, isUnsaved ? { version: basedOn, policy: fromForm(getValues()) } : null)
    },
    [account.id, getValues],
  )
  return null
}
