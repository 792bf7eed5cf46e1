import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../api/account.ts'
import { createFormat, type Format } from './format.ts'

/** Figures, money and dates as people of this account write them: its currency and time zone, the page's language. */
export const useFormat = (): Format => {
  const { i18n } = useTranslation()
  const { currency, timeZone } = useAccount().structure
  return useMemo(() => createFormat(i18n.language, currency, timeZone), [i18n.language, currency, timeZone])
}
