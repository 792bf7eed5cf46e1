import type { Config } from '../../config.ts'
import { SETTING_ADVICE } from '../../http/pages/setting-advice.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

/** Whether the settings are enough to work with. */
export const checkSettings = (config: Config): Finding[] => [
  ...missing(config),
  ...adminToken(config),
  ...trial(config),
]

const missing = (config: Config): Finding[] =>
  config.missing.length === 0
    ? [ok('settings', said('Настройки: всё нужное задано', 'Settings: all that is needed is set'))]
    : config.missing.map((name) =>
        fail(
          `settings.${name}`,
          said(`Настройки: ${name} не задана`, `Settings: ${name} is not set`),
          SETTING_ADVICE[name],
        ),
      )

const adminToken = ({ production, adminToken: token }: Config): Finding[] =>
  token !== null || !production
    ? []
    : [
        warn(
          'settings.ADMIN_TOKEN',
          said(
            'Настройки: ADMIN_TOKEN не задан: API оператора, очереди и /metrics закрыты',
            'Settings: ADMIN_TOKEN is not set: the operator’s API, the queues and /metrics are closed',
          ),
          said('задайте его: openssl rand -hex 24', 'set it: openssl rand -hex 24'),
        ),
      ]

const trial = ({ production, amocrm: { apiOrigin } }: Config): Finding[] => {
  if (apiOrigin === null) return []
  const text = said(
    `Настройки: все запросы к amoCRM идут на ${apiOrigin} (AMOCRM_API_ORIGIN)`,
    `Settings: every request to amoCRM goes to ${apiOrigin} (AMOCRM_API_ORIGIN)`,
  )
  const advice = said('уберите переменную, если это не проба', 'unset it unless this is a trial')
  return [production ? fail('settings.trial', text, advice) : warn('settings.trial', text, advice)]
}
