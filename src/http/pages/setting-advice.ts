import type { MissingSetting } from '../../config.ts'
import type { Bilingual } from './layout.ts'

/** What to do about each setting that is missing. */
export const SETTING_ADVICE: Readonly<Record<MissingSetting, Bilingual>> = {
  PUBLIC_URL: {
    ru: 'задайте адрес, по которому amoCRM достучится до сервиса, например https://segments.example.com',
    en: 'set the address at which amoCRM reaches this service, for example https://segments.example.com',
  },
  ENCRYPTION_KEY: {
    ru: 'создайте ключ командой «openssl rand -base64 32» и задайте его: им шифруются токены',
    en: 'make a key with “openssl rand -base64 32” and set it: it encrypts the stored tokens',
  },
  AMOCRM_CLIENT_ID: {
    ru: 'скопируйте ID интеграции из её карточки в amoCRM, вкладка «Ключи и доступы»',
    en: 'copy the integration ID from its page in amoCRM, tab “Keys and scopes”',
  },
  AMOCRM_CLIENT_SECRET: {
    ru: 'скопируйте секретный ключ оттуда же',
    en: 'copy the secret key from the same place',
  },
}
