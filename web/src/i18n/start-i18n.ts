import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { firstLanguage, keepLanguage, languageOf } from './language.ts'

/** One chunk per language and page: nobody loads texts he does not see. */
const TEXTS = import.meta.glob<Record<string, unknown>>('./*/*.json', { import: 'default' })

const chunks: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: async (language, namespace) => {
    const load = TEXTS[`./${language}/${namespace}.json`]
    if (load === undefined) throw new Error(`there are no texts ${language}/${namespace}`)
    return load()
  },
}

/** Resolves when the texts of the frame, and those named, are there; each page loads its own. */
export const startI18n = async (namespaces: readonly string[]): Promise<void> => {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
    keepLanguage(languageOf(language))
  })
  await i18next
    .use(chunks)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      fallbackLng: false,
      supportedLngs: ['ru', 'en'],
      ns: ['common', ...namespaces],
      defaultNS: 'common',
      fallbackNS: 'common',
      interpolation: { escapeValue: false },
      saveMissing: true,
      missingKeyHandler: (_, namespace, key) => console.error(`no text ${namespace}:${key}`),
    })
}
