import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'

export const OverviewPage = () => {
  const { t } = useTranslation('overview')
  return (
    <Page title={t('title')}>
      <PageSkeleton />
    </Page>
  )
}
