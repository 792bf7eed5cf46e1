import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'

export const MovementPage = () => {
  const { t } = useTranslation('movement')
  return (
    <Page title={t('title')}>
      <PageSkeleton />
    </Page>
  )
}
