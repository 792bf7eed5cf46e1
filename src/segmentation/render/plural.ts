import type { Language } from '../labels.ts'

/** Forms of a word by the plural categories of its language; `other` also stands for fractions. */
export type WordForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

const RULES: Readonly<Record<Language, Intl.PluralRules>> = {
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
}

const NUMBERS: Readonly<Record<Language, Intl.NumberFormat>> = {
  ru: new Intl.NumberFormat('ru', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 1 }),
}

/** Between a number and its unit, so that no line ends there. */
export const NBSP = '\u00a0'

export const formatNumber = (value: number, language: Language): string => NUMBERS[language].format(value)

/** The number with the right form of its word, e.g. `21 день`; at most one decimal is shown. */
export const counted = (value: number, forms: WordForms, language: Language): string => {
  const shown = Math.round(value * 10) / 10
  const word = forms[RULES[language].select(shown)] ?? forms.other
  return `${formatNumber(shown, language)}${NBSP}${word}`
}
