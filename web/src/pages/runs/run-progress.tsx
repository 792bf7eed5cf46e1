import { useTranslation } from 'react-i18next'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { RunFigures } from './run-figures.tsx'
import { useRun } from './use-run.ts'

/** How far a run is, kept up to date while it goes on. */
export const RunProgress = ({ run: name }: { readonly run: string }) => {
  const { t } = useTranslation('runs')
  const run = useRun(name)
  return (
    <section aria-label={t('progress')} aria-live="polite">
      <Loaded query={run} skeleton={<Skeleton lines={2} />}>
        {(data) => <RunFigures run={data} />}
      </Loaded>
    </section>
  )
}
