import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useAccount } from '../../../api/account.ts'
import { useGet } from '../../../api/use-get.ts'
import { Button } from '../../../ui/button.tsx'
import { useErrorText } from '../../../ui/error-text.ts'
import { useEditor } from '../editor/editor-context.ts'
import type { Previewed } from '../editor/policy-editor.tsx'
import { usePreview } from '../editor/use-preview.ts'
import type { Policy, PolicyAnswer } from '../policy-types.ts'

interface RestoreButtonsProps {
  readonly version: number
  readonly onLoad: (policy: Policy) => void
  readonly onPreviewed: (previewed: Previewed) => void
}

/** The way back to a former policy: seen first what that would do, or taken into the form to go on from. */
export const RestoreButtons = ({ version, onLoad, onPreviewed }: RestoreButtonsProps) => {
  const { t } = useTranslation('policy')
  const { readOnly } = useEditor()
  const { account } = useAccount()
  const [, navigate] = useLocation()
  const errorText = useErrorText()
  const stored = useGet<PolicyAnswer>(`/policy/versions/${version}`)
  const preview = usePreview(onPreviewed)
  const policy = stored.data?.policy
  const reason = readOnly ?? (policy ? null : t('editor.checking'))
  return (
    <div className="buttons">
      <Button
        kind="primary"
        reason={reason}
        isBusy={preview.isPending}
        onClick={() => policy && preview.mutate({ policy, scope: 'all' })}
      >
        {t('history.restore')}
      </Button>
      <Button
        reason={reason}
        onClick={() => {
          if (!policy) return
          onLoad(policy)
          navigate(`/accounts/${account.id}/policy/lifecycle`)
        }}
      >
        {t('history.edit')}
      </Button>
      {preview.error && <p className="field-error">{errorText(preview.error)}</p>}
    </div>
  )
}
