import type { Revenue } from './movement-types.ts'

/** A step of time by its first day, as axes and tables name it: `nov. 2026`, `21 Nov`. */
export const stepName = (day: string, step: Revenue['step'], language: string): string => {
  const options: Intl.DateTimeFormatOptions =
    step === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' }
  // Days come without a zone: they are the account's own already.
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(new Date(day))
}
