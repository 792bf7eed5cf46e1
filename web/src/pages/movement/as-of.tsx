import { useTranslation } from 'react-i18next'
import { When } from '../../ui/when.tsx'

/** Of when the figures are. */
export const AsOf = ({ at }: { readonly at: string }) => {
  const { t } = useTranslation('movement')
  return (
    <p className="muted movement-as-of">
      {t('asOf')} <When at={at} as="moment" />
    </p>
  )
}
