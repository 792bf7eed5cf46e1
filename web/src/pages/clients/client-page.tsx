import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'

export interface ClientPageProps {
  readonly kind: 'contact' | 'company'
  readonly clientId: number
}

export const ClientPage = ({ kind, clientId }: ClientPageProps) => {
  const { t } = useTranslation('clients')
  return (
    <Page title={`${t(`kind.${kind}`)} ${clientId}`}>
      <PageSkeleton />
    </Page>
  )
}
