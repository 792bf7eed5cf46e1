/** The refusals of the installation address, each with its sentence in both languages. */
export const NO_CREDENTIALS = {
  status: 503,
  title: 'The service is not set up',
  detail: 'Settings needed for installations are missing; the start page of this service names them.',
  titleRu: 'Сервис не настроен',
  detailRu: 'Не заданы настройки, нужные для установки; они названы на главной странице сервиса.',
}

export const BAD_CALLBACK = {
  status: 400,
  title: 'Incomplete installation request',
  detail: 'The request lacks code, referer or client_id; start the installation from the integration’s page in amoCRM.',
  titleRu: 'Неполный запрос на установку',
  detailRu: 'В запросе нет code, referer или client_id; начните установку со страницы интеграции в amoCRM.',
}

export const FOREIGN_INTEGRATION = {
  status: 400,
  title: 'Another integration',
  detail: 'The client_id is not that of this integration; check AMOCRM_CLIENT_ID and the redirect address in amoCRM.',
  titleRu: 'Другая интеграция',
  detailRu: 'client_id не принадлежит этой интеграции; проверьте AMOCRM_CLIENT_ID и адрес перенаправления в amoCRM.',
}

export const FOREIGN_HOST = {
  status: 400,
  title: 'Not an amoCRM account',
  detail: 'The referer is not a host on the allowed domains (AMOCRM_ALLOWED_HOSTS); nothing was sent there.',
  titleRu: 'Не аккаунт amoCRM',
  detailRu: 'referer не относится к разрешённым доменам (AMOCRM_ALLOWED_HOSTS); туда ничего не отправлено.',
}

export const FOREIGN_STATE = {
  status: 403,
  title: 'This installation was not begun here',
  detail:
    'The state is unknown, was used already or is too old, or the installation was begun in another browser; nothing was installed. Begin it anew on the start page of this service, or press “Install” in amoCRM.',
  titleRu: 'Эта установка началась не здесь',
  detailRu:
    'Параметр state неизвестен, уже использован или устарел, либо установку начали в другом браузере; ничего не установлено. Начните заново с главной страницы сервиса или нажмите «Установить» в amoCRM.',
}

export const CODE_USED = {
  status: 409,
  title: 'Asked for already',
  detail:
    'This code was shown before, and each works once: the installation is under way or done, and nothing was begun anew. If the account does not appear, press “Install” once more.',
  titleRu: 'Установка уже запрошена',
  detailRu:
    'Этот код уже приходил, а каждый действует один раз: установка идёт или закончена, заново ничего не начато. Если аккаунт не появится, нажмите «Установить» ещё раз.',
}

export const INSTALLATION_NOT_QUEUED = {
  status: 503,
  title: 'Installation not begun',
  detail: 'The service cannot store the request right now; press “Install” again in a minute.',
  titleRu: 'Установка не началась',
  detailRu: 'Сервис сейчас не может сохранить запрос; через минуту нажмите «Установить» ещё раз.',
}
