import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useErrorText } from '../../ui/error-text.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import { RunItem } from './run-item.tsx'
import { hasEnded, type Run } from './run-types.ts'
import './runs.css'

const LOOK_EVERY_MS = 5_000

/** Work over the whole base: what goes on, what came of it, and the way back. */
export const RunsPage = () => {
  const { t } = useTranslation('runs')
  const reason = useAdminReason()
  const errorText = useErrorText()
  const runs = useGet<{ runs: readonly Run[] }>('/runs', {}, { every: LOOK_EVERY_MS })
  const [isAsking, setAsking] = useState(false)
  const resync = useSend((api) => api.send('POST', '/resync'), { refresh: ['/runs'], onDone: () => setAsking(false) })
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={
        <Button reason={reason} onClick={() => setAsking(true)}>
          {t('resync')}
        </Button>
      }
    >
      <Loaded query={runs} skeleton={<SkeletonCard />}>
        {({ runs: list }) => <RunLists runs={list} />}
      </Loaded>
      <Dialog
        title={t('resync')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('common:action.cancel')}</Button>
            <Button kind="primary" isBusy={resync.isPending} onClick={() => resync.mutate()}>
              {t('resyncStart')}
            </Button>
          </>
        }
      >
        <p>{t('resyncText')}</p>
        {resync.error && <p className="field-error">{errorText(resync.error)}</p>}
      </Dialog>
    </Page>
  )
}

const SkeletonCard = () => (
  <Card>
    <Skeleton lines={6} />
  </Card>
)

const RunLists = ({ runs }: { readonly runs: readonly Run[] }) => {
  const { t } = useTranslation('runs')
  const moving = runs.filter((run) => !hasEnded(run))
  const ended = runs.filter(hasEnded)
  return (
    <>
      {moving.length > 0 && (
        <Card title={t('moving')}>
          <List runs={moving} />
        </Card>
      )}
      <Card title={t('ended')}>
        {ended.length === 0 ? <EmptyState title={t('none')} text={t('noneText')} /> : <List runs={ended} />}
      </Card>
    </>
  )
}

const List = ({ runs }: { readonly runs: readonly Run[] }) => (
  <ol className="runs">
    {runs.map((run) => (
      <li key={run.run}>
        <RunItem run={run} />
      </li>
    ))}
  </ol>
)
