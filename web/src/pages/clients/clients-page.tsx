import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'

export const ClientsPage = () => {
  const { t } = useTranslation('clients')
  return (
    <Page title={t('title')}>
      <PageSkeleton />
    </Page>
  )
}
