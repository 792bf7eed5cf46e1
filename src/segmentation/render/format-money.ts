import type { Language } from '../labels.ts'
import { NBSP } from './plural.ts'

const formats = new Map<string, Intl.NumberFormat | null>()

const formatOf = (language: Language, currency: string, decimals: number): Intl.NumberFormat | null => {
  const key = `${language} ${currency} ${decimals}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = makeFormat(language, currency, decimals)
  formats.set(key, made)
  return made
}

const makeFormat = (language: Language, currency: string, decimals: number): Intl.NumberFormat | null => {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits })
  } catch {
    return null
  }
}

/** A sum in the account's currency; whole sums without decimals. A code that is no currency stands behind the number. */
export const formatMoney = (sum: number, currency: string, language: Language): string => {
  const decimals = Number.isInteger(Math.round(sum * 100) / 100) ? 0 : 2
  const format = formatOf(language, currency, decimals)
  if (format !== null) return format.format(sum)
  const number = sum.toLocaleString(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return `${number}${NBSP}${currency}`
}
