import type { Config } from '../../config.ts'
import { type AccountsView, accountsSection } from './accounts-section.ts'
import { type Html, html } from './html.ts'
import { installationSection } from './installation-section.ts'
import { type Bilingual, type Language, layout, type Say } from './layout.ts'
import { settingsSection } from './settings-section.ts'

const TITLE: Bilingual = { ru: 'Сегменты клиентов для amoCRM', en: 'Client segments for amoCRM' }

/** The start page: what is set, what is missing and what to do about it, and the accounts at work. */
export const setupPage = (config: Config, accounts: AccountsView, language: Language): string => {
  const say: Say = (text) => text[language]
  const sections = [
    trial(config, say),
    settingsSection(config, say),
    installationSection(config, say, language),
    accountsSection(accounts, say, language),
    app(say),
  ]
  return layout({ title: TITLE, language, canSwitch: true }, html`${sections}`)
}

const app = (say: Say): Html =>
  html`<h2>${say({ ru: 'Сегменты и клиенты', en: 'Segments and clients' })}</h2><p><a href="/app/">${say({
    ru: 'Открыть приложение',
    en: 'Open the app',
  })}</a></p>`

const trial = ({ amocrm: { apiOrigin } }: Config, say: Say): Html =>
  apiOrigin === null
    ? html``
    : html`<p class="note warning">${say({
        ru: 'Проба: все запросы к amoCRM уходят на',
        en: 'Trial: every request to amoCRM goes to',
      })} <code>${apiOrigin}</code> (AMOCRM_API_ORIGIN).</p>`
