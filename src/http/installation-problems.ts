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

export const INSTALLATION_NOT_QUEUED = {
  status: 503,
  title: 'Installation not begun',
  detail: 'The service cannot store the request right now; reload this page in a minute, or press “Install” again.',
  titleRu: 'Установка не началась',
  detailRu: 'Сервис сейчас не может сохранить запрос; обновите страницу через минуту или нажмите «Установить» ещё раз.',
}
