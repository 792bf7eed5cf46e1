import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../../api/use-get.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { useAuthor } from '../../../ui/use-author.ts'
import { When } from '../../../ui/when.tsx'
import type { Previewed } from '../editor/policy-editor.tsx'
import type { Policy, PolicyAnswer, PolicyVersion } from '../policy-types.ts'
import { RestoreButtons } from './restore-buttons.tsx'
import { VersionDiff } from './version-diff.tsx'

interface HistoryViewProps {
  readonly current: PolicyAnswer
  readonly onLoad: (policy: Policy) => void
  readonly onPreviewed: (previewed: Previewed) => void
}

/** Former policies, the newest first: who saved each, what it changed, and the way back to it. */
export const HistoryView = ({ current, onLoad, onPreviewed }: HistoryViewProps) => {
  const { t } = useTranslation('policy')
  const nameOf = useAuthor()
  const [open, setOpen] = useState<number | null>(null)
  const versions = useGet<{ versions: readonly PolicyVersion[] }>('/policy/versions')
  return (
    <Card title={t('section.history')} hint={t('history.text')}>
      <Loaded query={versions}>
        {({ versions: list }) =>
          list.length === 0 ? (
            <EmptyState title={t('history.none')} text={t('history.noneText')} />
          ) : (
            <ol className="versions">
              {list.map(({ version, savedAt, author, scope }) => (
                <li key={version} className="version">
                  <div className="version-head">
                    <div>
                      <strong>{t('history.version', { version })}</strong>{' '}
                      {version === current.version && <span className="badge badge-good">{t('history.current')}</span>}
                      <p className="muted">
                        <When at={savedAt} as="moment" /> · {nameOf(author)}{' '}
                        {scope && `· ${t(`history.scope.${scope}`)}`}
                      </p>
                    </div>
                    <Button
                      kind="link"
                      aria-expanded={open === version}
                      onClick={() => setOpen(open === version ? null : version)}
                    >
                      {t('history.diff')}
                      <span className="sr-only"> {version}</span>
                    </Button>
                  </div>
                  {open === version && (
                    <>
                      <VersionDiff version={version} />
                      {version !== current.version && (
                        <RestoreButtons version={version} onLoad={onLoad} onPreviewed={onPreviewed} />
                      )}
                    </>
                  )}
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  )
}
