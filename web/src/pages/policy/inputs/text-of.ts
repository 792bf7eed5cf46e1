import type { Language } from '../../../i18n/language.ts'
import type { LocalText } from '../policy-types.ts'

/** A name in one language; empty where there is none. */
export const textOf = (text: LocalText | undefined, language: Language): string =>
  text === undefined ? '' : typeof text === 'string' ? text : text[language]
