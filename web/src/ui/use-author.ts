import { useTranslation } from 'react-i18next'

const KNOWN = ['ops', 'installation']

/** Who did something, by name; whoever is no person of the account by what he is. */
export const useAuthor = (): ((author: string | null) => string) => {
  const { t } = useTranslation()
  return (author) => {
    if (author === null) return t('author.service')
    return KNOWN.includes(author) ? t(`author.${author}`) : author
  }
}
