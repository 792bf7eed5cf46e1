import type { Config, MissingSetting } from '../../config.ts'
import { type Html, html } from './html.ts'
import type { Say } from './layout.ts'
import { SETTING_ADVICE } from './setting-advice.ts'

/** The settings without which nothing works: which are set, which are missing, and what to do about those. */
export const settingsSection = (config: Config, say: Say): Html => {
  const { missing } = config
  const rows = neededSettings(config).map((name) => row(name, missing.includes(name), say))
  const sentence =
    missing.length === 0
      ? html`<p class="good">${say({ ru: 'Все нужные настройки заданы.', en: 'All needed settings are set.' })}</p>`
      : html`<p>${say({
          ru: 'Задайте недостающие переменные окружения (или строки файла .env) и перезапустите сервис.',
          en: 'Set the missing environment variables (or lines of the .env file) and restart the service.',
        })}</p>`
  const title =
    missing.length === 0
      ? html`<h2>${say({ ru: 'Настройки', en: 'Settings' })}</h2>`
      : html`<h2 class="bad">${say({ ru: 'Чего не хватает', en: 'What is missing' })}</h2>`
  return html`${title}${sentence}<dl>${rows}</dl>`
}

const neededSettings = ({ amocrm: { integration, longLived }, missing }: Config): MissingSetting[] => {
  const isOauthWanted = integration !== null || longLived === null || missing.some((name) => name.startsWith('AMOCRM_'))
  const oauth: MissingSetting[] = isOauthWanted ? ['AMOCRM_CLIENT_ID', 'AMOCRM_CLIENT_SECRET'] : []
  return ['PUBLIC_URL', 'ENCRYPTION_KEY', ...oauth]
}

const row = (name: MissingSetting, isMissing: boolean, say: Say): Html =>
  isMissing
    ? html`<dt><span class="bad">✗</span> <code>${name}</code>:</dt><dd>${say(SETTING_ADVICE[name])}</dd>`
    : html`<dt><span class="good">✓</span> <code>${name}</code></dt><dd>${say({ ru: 'задано', en: 'set' })}</dd>`
