import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'

/** A source as people read it: the UTM mark itself, the lead source by name or number, or that none is known. */
export const useSourceName = (): ((source: string) => string) => {
  const { t } = useTranslation('movement')
  const { sources } = useAccount().structure
  return (source) => {
    if (source.startsWith('utm:')) return source.slice('utm:'.length)
    if (source.startsWith('id:')) {
      const id = source.slice('id:'.length)
      return sources.find((one) => String(one.id) === id)?.name || t('source.numbered', { id })
    }
    return t('source.none')
  }
}
