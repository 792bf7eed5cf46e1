import type { Language } from '../../../i18n/language.ts'
import type { PolicyFault } from '../policy-types.ts'

export const faultText = ({ message, advice }: PolicyFault, _language: Language): string =>
  advice ? `${message}. ${advice}` : message
