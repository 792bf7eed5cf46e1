import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { useAuthor } from '../../../ui/use-author.ts'
import type { PolicyAnswer } from '../policy-types.ts'
import { ClientLinks } from '../preview/client-links.tsx'
import { useEditor } from './editor-context.ts'
import type { Previewed } from './policy-editor.tsx'
import { usePolicyBefore } from './use-policy-before.ts'
import { usePreview } from './use-preview.ts'

interface EditorNoticesProps {
  readonly base: PolicyAnswer
  readonly newest: PolicyAnswer
  readonly onRebase: (answer: PolicyAnswer) => void
  readonly onPreviewed: (previewed: Previewed) => void
}

/** What has to be known before anything is changed: a trial under way, a version of somebody else. */
export const EditorNotices = ({ base, newest, onRebase, onPreviewed }: EditorNoticesProps) => {
  const { t } = useTranslation('policy')
  const nameOf = useAuthor()
  return (
    <>
      {newest.version > base.version && (
        <div className="note note-warn" role="status">
          <p>{t('notice.newer', { version: newest.version, author: nameOf(newest.author) })}</p>
          <Button onClick={() => onRebase(newest)}>{t('notice.takeNewer')}</Button>
        </div>
      )}
      {newest.scope === 'trial' && newest.version === base.version && (
        <TrialNotice current={newest} onPreviewed={onPreviewed} />
      )}
    </>
  )
}

const TrialNotice = ({
  current,
  onPreviewed,
}: Pick<EditorNoticesProps, 'onPreviewed'> & { readonly current: PolicyAnswer }) => {
  const { t } = useTranslation('policy')
  const { readOnly } = useEditor()
  const former = usePolicyBefore(current.version)
  const preview = usePreview(onPreviewed)
  return (
    <div className="note" role="status">
      <p>
        <strong>{t('notice.trial', { version: current.version, count: current.trial.length })}</strong>{' '}
        {t('notice.trialText')}
      </p>
      <details>
        <summary>{t('notice.trialClients')}</summary>
        <ClientLinks clients={current.trial} />
      </details>
      <div className="buttons">
        <Button
          kind="primary"
          reason={readOnly}
          isBusy={preview.isPending}
          onClick={() => preview.mutate({ policy: current.policy, scope: 'all' })}
        >
          {t('notice.toAll')}
        </Button>
        {former && (
          <Button
            reason={readOnly}
            isBusy={preview.isPending}
            onClick={() => preview.mutate({ policy: former, scope: 'all' })}
          >
            {t('notice.takeBack')}
          </Button>
        )}
      </div>
    </div>
  )
}
