export const LANGUAGES = ['ru', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const STORED = 'amo-segments.lang'

/** The language of a tag such as `en-GB`; Russian where we do not speak it. */
export const languageOf = (tag: string | null | undefined): Language =>
  tag?.toLowerCase().startsWith('en') ? 'en' : 'ru'

/** What was asked for in the address, chosen before, or what the browser speaks. */
export const firstLanguage = (): Language => {
  const asked = new URLSearchParams(window.location.search).get('lang')
  if (asked !== null) return languageOf(asked)
  return languageOf(stored() ?? (navigator.language.startsWith('ru') ? 'ru' : 'en'))
}

export const keepLanguage = (language: Language): void => {
  try {
    localStorage.setItem(STORED, language)
  } catch {
    // Then it is chosen anew next time.
  }
}

const stored = (): string | null => {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}
