import type { Language } from '../../segmentation/rules/local-text.ts'

/** A sentence in both languages. */
export type Said = Readonly<Record<Language, string>>

/** What one check came to. `fail`: something does not work; `warn`: it works, and will not for ever, or not as well. */
export interface Finding {
  /** What was looked at, as a word for programs: `redis.version`. */
  readonly check: string
  readonly level: 'ok' | 'warn' | 'fail'
  /** Whose; absent: of the whole installation. */
  readonly account?: number
  readonly text: Said
  /** What to do; absent: nothing. */
  readonly advice?: Said
}

export const said = (ru: string, en: string): Said => ({ ru, en })

export const ok = (check: string, text: Said): Finding => ({ check, level: 'ok', text })

export const warn = (check: string, text: Said, advice: Said): Finding => ({ check, level: 'warn', text, advice })

export const fail = (check: string, text: Said, advice: Said): Finding => ({ check, level: 'fail', text, advice })
