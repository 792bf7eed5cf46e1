import type { Config } from '../../config.ts'
import { type AccountsView, accountsSection } from './accounts-section.ts'
import { type Html, html } from './html.ts'
import { type Bilingual, layout, type Say } from './layout.ts'
import { SETTING_ADVICE } from './setting-advice.ts'

const TITLE: Bilingual = { ru: 'Сегменты клиентов для amoCRM', en: 'Client segments for amoCRM' }

/** The start page: what is set, what is missing and what to do about it, and the accounts at work. */
export const setupPage = (config: Config, accounts: AccountsView): string =>
  layout(TITLE, (language) => {
    const say: Say = (text) => text[language]
    const parts = [trial(config, say), settings(config, say), installation(config, say), accountsSection(accounts, say)]
    return html`${parts}`
  })

const trial = ({ amocrm: { apiOrigin } }: Config, say: Say): Html =>
  apiOrigin === null
    ? html``
    : html`<p class="note warning">${say({
        ru: 'Проба: все запросы к amoCRM уходят на',
        en: 'Trial: every request to amoCRM goes to',
      })} <code>${apiOrigin}</code> (AMOCRM_API_ORIGIN).</p>`

const settings = ({ missing }: Config, say: Say): Html => {
  if (missing.length === 0)
    return html`<p class="good">✓ ${say({ ru: 'Все нужные настройки заданы.', en: 'All needed settings are set.' })}</p>`
  const items = missing.map((name) => html`<li><code>${name}</code>: ${say(SETTING_ADVICE[name])}</li>`)
  return html`<h2 class="bad">${say({ ru: 'Чего не хватает', en: 'What is missing' })}</h2>
<p>${say({
    ru: 'Задайте эти переменные окружения (или строки файла .env) и перезапустите сервис:',
    en: 'Set these environment variables (or lines of the .env file) and restart the service:',
  })}</p><ol>${items}</ol>`
}

const installation = (config: Config, say: Say): Html => {
  const { integration, longLived, allowedHosts } = config.amocrm
  const redirect = integration?.redirectUri ?? (config.publicUrl && `${config.publicUrl}/oauth/callback`)
  const title = html`<h2>${say({ ru: 'Установка', en: 'Installation' })}</h2>`
  if (longLived !== null)
    return html`${title}<p>${say({
      ru: 'Аккаунт подключён долгосрочным токеном:',
      en: 'The account is connected by a long-lived token:',
    })} <code>${longLived.host}</code></p>`
  if (integration === null || redirect === null)
    return html`${title}<ol>${INSTALL_STEPS.map((step) => html`<li>${say(step)}</li>`)}</ol>${redirectLine(redirect, say)}`
  const link = `https://www.${allowedHosts[0] ?? 'amocrm.ru'}/oauth?${new URLSearchParams({
    client_id: integration.clientId,
    mode: 'popup',
  })}`
  return html`${title}<p><a href="${link}">${say({
    ru: 'Установить в аккаунт amoCRM',
    en: 'Install in an amoCRM account',
  })}</a>. ${say({ ru: 'Устанавливать должен администратор аккаунта.', en: 'It must be an administrator of the account.' })}</p>${redirectLine(
    redirect,
    say,
  )}`
}

const redirectLine = (redirect: string | null | undefined, say: Say): Html =>
  redirect
    ? html`<p>${say({ ru: 'Адрес перенаправления:', en: 'Redirect address:' })} <code>${redirect}</code></p>`
    : html``

const INSTALL_STEPS: readonly Bilingual[] = [
  {
    ru: 'В amoCRM: «амоМаркет» → «…» → «Создать интеграцию» → внешняя интеграция.',
    en: 'In amoCRM: the marketplace → “…” → “Create integration” → external integration.',
  },
  {
    ru: 'Адрес перенаправления: PUBLIC_URL и /oauth/callback; доступ к данным аккаунта.',
    en: 'Redirect address: PUBLIC_URL and /oauth/callback; access to the account’s data.',
  },
  {
    ru: 'ID интеграции и секретный ключ запишите в настройки и перезапустите сервис.',
    en: 'Put the integration ID and the secret key into the settings and restart the service.',
  },
  { ru: 'Вернитесь сюда и установите интеграцию.', en: 'Come back here and install the integration.' },
]
