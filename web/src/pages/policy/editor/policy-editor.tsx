import { useEffect, useRef, useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useAccount } from '../../../api/account.ts'
import { type PolicyForm, toForm } from '../form/policy-form.ts'
import type { Catalogue, Policy, PolicyAnswer, Preview, Scope } from '../policy-types.ts'
import { PreviewView } from '../preview/preview-view.tsx'
import { CheckProvider } from './check-provider.tsx'
import { EditorTabs } from './editor-tabs.tsx'
import { keptDraft } from './kept-draft.ts'
import { LeaveGuard } from './leave-guard.tsx'

interface PolicyEditorProps {
  readonly stored: PolicyAnswer
  readonly catalogue: Catalogue
}

/** A policy and what it would do. */
export interface Previewed {
  readonly policy: Policy
  readonly preview: Preview
  readonly scope: Scope
}

/** The form of a policy, which stays as it is while its preview or the past are looked at. */
export const PolicyEditor = ({ stored, catalogue }: PolicyEditorProps) => {
  // What the form is based on: it stays until the reader takes a newer version himself.
  const [base, setBase] = useState(stored)
  const [previewed, setPreviewed] = useState<Previewed | null>(null)
  const { account } = useAccount()
  const form = useForm<PolicyForm>({ defaultValues: toForm(base.policy), mode: 'onChange' })
  const rebase = (next: PolicyAnswer) => {
    setBase(next)
    form.reset(toForm(next.policy))
    setPreviewed(null)
  }
  const load = (policy: Policy) => {
    for (const [name, value] of Object.entries(toForm(policy))) {
      form.setValue(name as keyof PolicyForm, value, { shouldDirty: true })
    }
  }
  // What was left here unsaved is taken up again.
  const [left] = useState(() => keptDraft(account.id, base.version))
  const loadLatest = useRef(load)
  loadLatest.current = load
  useEffect(() => {
    if (left) loadLatest.current(left)
  }, [left])
  return (
    <FormProvider {...form}>
      <LeaveGuard version={base.version} />
      <CheckProvider catalogue={catalogue} version={stored.version}>
        {previewed === null ? (
          <EditorTabs base={base} newest={stored} onRebase={rebase} onLoad={load} onPreviewed={setPreviewed} />
        ) : (
          <PreviewView
            base={base}
            previewed={previewed}
            onBack={() => setPreviewed(null)}
            onPreviewed={setPreviewed}
            onApplied={rebase}
          />
        )}
      </CheckProvider>
    </FormProvider>
  )
}
