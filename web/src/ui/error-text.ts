import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/api-error.ts'

/** A refusal in the reader's language where we have a sentence for it, else in the service's own words. */
export const useErrorText = (): ((error: Error) => string) => {
  const { t } = useTranslation('problems')
  return (error) => {
    if (!(error instanceof ApiError)) return error.message
    return i18next.exists(`problems:${error.code}`) ? t(error.code) : error.message
  }
}
