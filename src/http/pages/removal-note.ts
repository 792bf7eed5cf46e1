import type { RemovalSummary } from '../ports.ts'
import { type Html, html } from './html.ts'
import type { Bilingual, Language, Say } from './layout.ts'

/** What is left of a removed account: until when it can come back, and how its cards are cleaned. */
export const removalNote = (removal: RemovalSummary, say: Say, language: Language): Html => {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(removal.eraseAt)
  const kept: Bilingual = {
    ru: `Данные хранятся до ${date}: если установить интеграцию раньше, работа продолжится по прежней политике. Потом всё будет стёрто.`,
    en: `Its data is kept until ${date}: installed again before, it goes on by its policy. Then everything is erased.`,
  }
  return html`<br>${say(kept)}<br>${say(cleaning(removal))}`
}

const cleaning = ({ canCleanUp, isCleanedUp, isByAmocrm }: RemovalSummary): Bilingual => {
  if (isCleanedUp)
    return {
      ru: 'Теги и значения полей снимаются с карточек или уже сняты.',
      en: 'Its tags and field values are being taken off the cards, or are gone already.',
    }
  if (canCleanUp)
    return {
      ru: 'Теги остались на карточках. Их ещё можно снять: DELETE /api/v1/accounts/{id}?cleanUp=true.',
      en: 'Its tags stay on the cards. They can still be taken away: DELETE /api/v1/accounts/{id}?cleanUp=true.',
    }
  return {
    ru: `${isByAmocrm ? 'Интеграцию отключили в amoCRM' : 'Доступа к аккаунту больше нет'}, и сервис не может снять свои теги с карточек. Чтобы снять их, установите интеграцию снова и удалите аккаунт с очисткой: DELETE /api/v1/accounts/{id}?cleanUp=true.`,
    en: `${isByAmocrm ? 'The integration was switched off in amoCRM' : 'There is no access to the account any more'}, so the service cannot take its tags off the cards. To have them taken away, install it again and remove the account with a clean-up: DELETE /api/v1/accounts/{id}?cleanUp=true.`,
  }
}
