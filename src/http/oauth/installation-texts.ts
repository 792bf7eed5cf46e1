/** Somebody agreed; the rest happens without them. */
export const INSTALLATION_GOES_ON = {
  title: { ru: 'Установка началась', en: 'Installation has begun' },
  text: {
    ru: 'Сервис получает доступ к аккаунту, подписывается на события и читает базу клиентов. Это окно можно закрыть: первые сегменты появятся на карточках сами.',
    en: 'The service is getting access to the account, subscribing to its events and reading its clients. You may close this window: the first segments will appear on the cards by themselves.',
  },
}

/** Somebody pressed "deny". */
export const INSTALLATION_REFUSED = {
  title: { ru: 'Доступ не предоставлен', en: 'Access was not granted' },
  text: {
    ru: 'Вы не разрешили доступ, поэтому ничего не установлено. Чтобы попробовать ещё раз, откройте интеграцию в amoCRM и нажмите «Установить».',
    en: 'You did not allow access, so nothing was installed. To try again, open the integration in amoCRM and press “Install”.',
  },
}
