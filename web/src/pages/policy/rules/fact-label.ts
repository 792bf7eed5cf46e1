import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../../i18n/language.ts'
import type { ReachedFact } from './fact-lookup.ts'

/** What a fact is called in the list, and (`full`) where nothing else says whose it is. */
export const useFactLabel = (): ((reached: ReachedFact, options?: { readonly full?: boolean }) => string) => {
  const { t, i18n } = useTranslation('policy')
  const language = languageOf(i18n.language)
  return ({ fact, prefix }, { full = false } = {}) => {
    const whose = full && prefix !== '' ? `${t(`whose.${prefix.replace('.', '')}`)}: ` : ''
    if (fact.field) {
      const until = fact.name.endsWith('.daysUntil')
      const entity = fact.field.entity === 'company' ? t('fact.ofCompany', { name: fact.field.name }) : fact.field.name
      return whose + (until ? t('fact.daysUntil', { name: entity }) : entity)
    }
    const key = `facts.${fact.of}.${fact.name.replaceAll('.', '_')}`
    return whose + (i18next.exists(`policy:${key}`) ? t(key) : fact.meaning[language])
  }
}
