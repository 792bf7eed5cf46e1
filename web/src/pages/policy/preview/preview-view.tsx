import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import type { Previewed } from '../editor/policy-editor.tsx'
import type { PolicyAnswer } from '../policy-types.ts'
import { ApplyPanel } from './apply-panel.tsx'
import { BeforeAfter } from './before-after.tsx'
import { MovesMatrix } from './moves-matrix.tsx'
import { MovesTable } from './moves-table.tsx'
import { PreviewCost } from './preview-cost.tsx'
import { useChanges } from './use-changes.ts'

interface PreviewViewProps {
  readonly base: PolicyAnswer
  readonly previewed: Previewed
  readonly onBack: () => void
  readonly onPreviewed: (previewed: Previewed) => void
  readonly onApplied: (answer: PolicyAnswer) => void
}

/** What a policy would do to the whole base, what that costs, and how it is to be applied. */
export const PreviewView = ({ base, previewed, onBack, onPreviewed, onApplied }: PreviewViewProps) => {
  const { t } = useTranslation('policy')
  const { policy, preview } = previewed
  const changes = useChanges(policy, base.version)
  // The button that led here is gone: who does not see the page has to be brought to its beginning.
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="preview">
      <div className="preview-head">
        <h2 ref={heading} tabIndex={-1}>
          {t('preview.title')}
        </h2>
        <Button onClick={onBack}>{t('preview.back')}</Button>
      </div>
      <Card title={t('preview.changes')}>
        {changes.error && <ErrorState error={changes.error} />}
        {changes.isPending && <Skeleton />}
        {changes.data?.length === 0 && <p className="muted">{t('preview.noChanges')}</p>}
        <ul className="changes">
          {changes.data?.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Card>
      <PreviewCost preview={preview} />
      <div className="grid">
        <BeforeAfter policy={policy} preview={preview} />
        <MovesMatrix policy={policy} preview={preview} />
      </div>
      <MovesTable policy={policy} preview={preview} />
      <ApplyPanel base={base} previewed={previewed} onPreviewed={onPreviewed} onApplied={onApplied} />
    </div>
  )
}
