import { useEffect } from 'react'
import { useFormState } from 'react-hook-form'
import type { PolicyForm } from '../form/policy-form.ts'

/** Asks before the browser leaves a form with unsaved changes. */
export const LeaveGuard = () => {
  const { isDirty } = useFormState<PolicyForm>()
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
  return null
}
