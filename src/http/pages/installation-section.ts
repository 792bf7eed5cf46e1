import type { Config } from '../../config.ts'
import { beginAddress, consentPages } from '../oauth/consent-pages.ts'
import { type Html, html } from './html.ts'
import type { Bilingual, Language, Say } from './layout.ts'

/** How the integration gets into an account: a button where all is set, else the steps that lead to it. */
export const installationSection = (config: Config, say: Say, language: Language): Html => {
  const { integration, longLived } = config.amocrm
  const title = html`<h2>${say({ ru: 'Установка', en: 'Installation' })}</h2>`
  if (longLived !== null && integration === null)
    return html`${title}<p>${say({
      ru: 'Аккаунт подключён долгосрочным токеном:',
      en: 'The account is connected by a long-lived token:',
    })} <code>${longLived.host}</code></p>`
  const begin = integration === null || config.missing.length > 0 ? null : beginAddress(integration)
  const content = begin === null ? steps(say) : buttons(config, begin, say, language)
  return html`${title}${content}${addresses(config, say)}`
}

const steps = (say: Say): Html => html`<ol>${INSTALL_STEPS.map((step) => html`<li>${say(step)}</li>`)}</ol>`

const buttons = ({ amocrm }: Config, begin: string, say: Say, language: Language): Html => {
  const links = consentPages(amocrm).map(
    ({ name }) =>
      html`<a class="button" href="${`${begin}?${new URLSearchParams({ at: name, lang: language })}`}">${say({
        ru: `Установить в аккаунт ${name}`,
        en: `Install in a ${name} account`,
      })}</a>`,
  )
  return html`<p>${links}</p><p>${say({
    ru: 'Устанавливать должен администратор аккаунта. Повторная установка ничего не теряет: аккаунт продолжит работу по своей политике.',
    en: 'It must be an administrator of the account. Installing again loses nothing: the account goes on by its own policy.',
  })}</p>`
}

/** What the integration's page in amoCRM asks for. */
const addresses = ({ amocrm: { integration }, publicUrl }: Config, say: Say): Html => {
  const redirect = integration?.redirectUri ?? (publicUrl === null ? null : `${publicUrl}/oauth/callback`)
  if (redirect === null) return html``
  const row = (text: Bilingual, address: string) => html`<dt>${say(text)}</dt><dd><code>${address}</code></dd>`
  return html`<dl>${[
    row({ ru: 'Адрес перенаправления:', en: 'Redirect address:' }, redirect),
    row({ ru: 'Хук об отключении:', en: 'Disconnect hook:' }, new URL('disconnect', redirect).href),
  ]}</dl>`
}

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
    ru: 'Хук об отключении: PUBLIC_URL и /oauth/disconnect.',
    en: 'Disconnect hook: PUBLIC_URL and /oauth/disconnect.',
  },
  {
    ru: 'ID интеграции и секретный ключ запишите в настройки и перезапустите сервис.',
    en: 'Put the integration ID and the secret key into the settings and restart the service.',
  },
  { ru: 'Вернитесь сюда и установите интеграцию.', en: 'Come back here and install the integration.' },
]
