import type words from '../i18n/ru.json'
import type { PlatformWidget } from './platform.ts'

/** The texts of one language file; every language has the same. */
export type Words = typeof words

/** The branches of the language file that the widget speaks from. */
export const wordsOf = (widget: PlatformWidget): Words => {
  const branch = <Name extends keyof Words>(name: Name) => widget.i18n(name) as Words[Name]
  return {
    service_lang: branch('service_lang'),
    widget: branch('widget'),
    settings: branch('settings'),
    advanced: branch('advanced'),
    dp: branch('dp'),
    panel: branch('panel'),
    lock: branch('lock'),
    list: branch('list'),
    status: branch('status'),
    errors: branch('errors'),
    window: branch('window'),
  }
}

/** The service speaks Russian and English; the language file says which of them goes with it. */
export const serviceLanguage = ({ service_lang }: Words): 'ru' | 'en' => (service_lang === 'ru' ? 'ru' : 'en')
