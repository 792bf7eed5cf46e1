import { useState } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useErrorText } from '../../../ui/error-text.ts'
import { fromForm, type PolicyForm } from '../form/policy-form.ts'
import type { PolicyAnswer } from '../policy-types.ts'
import { useCheckState } from './check-context.ts'
import { useEditor } from './editor-context.ts'
import type { Previewed } from './policy-editor.tsx'
import { usePreview } from './use-preview.ts'

interface SaveBarProps {
  readonly base: PolicyAnswer
  readonly onDiscard: () => void
  readonly onPreviewed: (previewed: Previewed) => void
}

/** What was changed so far, whether it can be applied, and the way to the preview. */
export const SaveBar = ({ base, onDiscard, onPreviewed }: SaveBarProps) => {
  const { t } = useTranslation('policy')
  const { lang } = useApi()
  const { readOnly } = useEditor()
  const { check, error, isLate } = useCheckState()
  const { getValues } = useFormContext<PolicyForm>()
  const { isDirty } = useFormState<PolicyForm>()
  const [isListed, setListed] = useState(false)
  const errorText = useErrorText()
  const preview = usePreview(onPreviewed)
  const changes = check?.changes?.[lang] ?? []
  const errors = check?.errors.length ?? 0
  const reason = reasonOf()
  return (
    <section className="save-bar" aria-label={t('editor.saving')}>
      <div className="save-state" aria-live="polite">
        {summary()}
        {(preview.error ?? error) && (
          <p className="field-error" role="alert">
            {errorText(preview.error ?? error ?? new Error())}
          </p>
        )}
      </div>
      <div className="buttons">
        {changes.length > 0 && (
          <Button kind="link" onClick={() => setListed(true)}>
            {t('editor.showChanges')}
          </Button>
        )}
        {isDirty && readOnly === null && <Button onClick={onDiscard}>{t('editor.discard')}</Button>}
        <Button
          kind="primary"
          reason={reason}
          isBusy={preview.isPending}
          onClick={() => preview.mutate({ policy: fromForm(getValues()), scope: 'all' })}
        >
          {t('editor.preview')}
        </Button>
      </div>
      <Dialog title={t('editor.changesTitle')} isOpen={isListed} onClose={() => setListed(false)}>
        <ul className="changes">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Dialog>
    </section>
  )

  function reasonOf(): string | null {
    if (readOnly !== null) return readOnly
    if (errors > 0) return t('editor.mendFirst')
    if (changes.length === 0 && !isLate) return t('editor.nothingChanged')
    return isLate || check === null ? t('editor.checking') : null
  }

  function summary() {
    if (errors > 0) return <span className="bad">{t('editor.errors', { count: errors })}</span>
    if (isLate) return <span className="muted">{t('editor.checking')}</span>
    if (changes.length === 0) return <span className="muted">{t('editor.version', { version: base.version })}</span>
    return <strong>{t('editor.changed', { count: changes.length })}</strong>
  }
}
