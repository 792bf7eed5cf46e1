import { useTranslation } from 'react-i18next'

/** A source as people read it: the UTM mark itself, the number of the lead source, or that none is known. */
export const useSourceName = (): ((source: string) => string) => {
  const { t } = useTranslation('movement')
  return (source) => {
    if (source.startsWith('utm:')) return source.slice('utm:'.length)
    if (source.startsWith('id:')) return t('source.numbered', { id: source.slice('id:'.length) })
    return t('source.none')
  }
}
