import { useTranslation } from 'react-i18next'
import { LANGUAGES, languageOf } from '../i18n/language.ts'

const NAMES = { ru: 'Русский', en: 'English' } as const

/** The language of the page, whatever the account writes its tags in. */
export const LanguageSwitch = () => {
  const { t, i18n } = useTranslation()
  return (
    <select
      aria-label={t('shell.language')}
      className="quiet-select"
      value={languageOf(i18n.language)}
      onChange={(event) => void i18n.changeLanguage(event.target.value)}
    >
      {LANGUAGES.map((language) => (
        <option key={language} value={language}>
          {NAMES[language]}
        </option>
      ))}
    </select>
  )
}
