import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'

/** The sign of the account's currency, e.g. `₽`. */
export const useCurrencySign = (): string => {
  const { i18n } = useTranslation()
  const { currency } = useAccount().structure
  const format = new Intl.NumberFormat(i18n.language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
}
