import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { useErrorText } from '../../../ui/error-text.ts'
import { RunProgress } from '../../runs/run-progress.tsx'
import type { Previewed } from '../editor/policy-editor.tsx'
import { RadioCards } from '../inputs/radio-cards.tsx'
import type { AppliedPolicy, PolicyAnswer, Preview, Scope } from '../policy-types.ts'
import { ClientLinks } from './client-links.tsx'
import { PreviewChanged } from './preview-changed.tsx'
import { useApply } from './use-apply.ts'

interface ApplyPanelProps {
  readonly base: PolicyAnswer
  readonly previewed: Previewed
  readonly onPreviewed: (previewed: Previewed) => void
  readonly onApplied: (answer: PolicyAnswer) => void
}

/** To whom the policy is brought: to all, to a few first, or from now on; then how far that is. */
export const ApplyPanel = ({ base, previewed, onPreviewed, onApplied }: ApplyPanelProps) => {
  const { t } = useTranslation('policy')
  const { accountId, get } = useApi()
  const queries = useQueryClient()
  const errorText = useErrorText()
  const [scope, setScope] = useState<Scope>(previewed.scope)
  const [former, setFormer] = useState<Preview | null>(null)
  const [applied, setApplied] = useState<AppliedPolicy | null>(null)
  const { preview } = previewed
  const apply = useApply({
    onDone: setApplied,
    onChanged: (now) => {
      setFormer(preview)
      onPreviewed({ ...previewed, preview: now })
    },
  })
  if (applied) {
    return (
      <Card title={t('apply.done', { version: applied.version })} hint={t(`apply.doneText.${applied.work}`)}>
        <RunProgress run={applied.run} />
        <div className="buttons">
          <Button
            kind="primary"
            onClick={async () =>
              onApplied(
                await queries.fetchQuery({
                  queryKey: [accountId, '/policy', {}],
                  queryFn: () => get<PolicyAnswer>('/policy'),
                  staleTime: 0,
                }),
              )
            }
          >
            {t('apply.goOn')}
          </Button>
        </div>
      </Card>
    )
  }
  const few = preview.trial.length
  return (
    <Card title={t('apply.title')}>
      {former && <PreviewChanged before={former} now={preview} />}
      <RadioCards
        legend={t('apply.scope')}
        value={scope}
        onChange={setScope}
        options={[
          { value: 'all', title: t('apply.all'), text: t('apply.allText') },
          {
            value: 'trial',
            title: t('apply.trial', { count: Math.max(few, 1) }),
            text: t('apply.trialText'),
            reason: few === 0 ? t('apply.noTrial') : null,
          },
          { value: 'only_new', title: t('apply.onlyNew'), text: t('apply.onlyNewText') },
        ]}
      />
      {scope === 'trial' && <ClientLinks clients={preview.trial} />}
      {apply.error && (
        <p className="field-error" role="alert">
          {errorText(apply.error)}
        </p>
      )}
      <div className="buttons">
        <Button
          kind="primary"
          isBusy={apply.isPending}
          onClick={() =>
            apply.mutate({ policy: previewed.policy, base: base.version, scope, previewed: preview.fingerprint })
          }
        >
          {t('apply.apply')}
        </Button>
      </div>
    </Card>
  )
}
