import type { Pipeline, Status, User } from '../world/account-profile.ts'
import { isClosing } from '../world/world.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { selfLink } from './card-json.ts'
import { answerPage } from './card-reads.ts'
import { answer } from './card-writes.ts'
import { pageOf, readPaging } from './paging.ts'
import { wordsOf } from './query-values.ts'

/** What an account is set up with: itself, users, pipelines, loss reasons, sources. */
export const settingsRoutes: readonly Route[] = [
  { method: 'GET', path: '/v4/account', handle: showAccount },
  { method: 'GET', path: '/v4/users', handle: listUsers },
  { method: 'GET', path: '/v4/users/:id', handle: showUser },
  { method: 'GET', path: '/v4/leads/pipelines', handle: listPipelines },
  { method: 'GET', path: '/v4/leads/pipelines/:id', handle: showPipeline },
  { method: 'GET', path: '/v4/leads/pipelines/:id/statuses', handle: listStatuses },
  { method: 'GET', path: '/v4/leads/loss_reasons', handle: listLossReasons },
  { method: 'GET', path: '/v4/sources', handle: listSources },
]

function showAccount(call: ApiCall): ApiAnswer {
  const { account, admin } = call.world
  const wanted = wordsOf(call.query, 'with')
  const extra: Readonly<Record<string, unknown>> = {
    amojo_id: `f3c6340d-0000-4000-8000-${String(account.id).padStart(12, '0')}`,
    uuid: `824f2af8-0000-4000-8000-${String(account.id).padStart(12, '0')}`,
    amojo_rights: { can_direct: true, can_create_groups: true },
    version: 10,
    entity_names: { leads: { ru: { gender: 'f', plural_form: { default: 'сделки' } } } },
    drive_url: 'https://drive-b.amocrm.ru',
    is_api_filter_enabled: true,
    invoices_settings: null,
    datetime_settings: {
      date_pattern: 'd.m.Y H:i',
      short_date_pattern: 'd.m.Y',
      short_time_pattern: 'H:i',
      date_formant: 'd.m.Y',
      time_format: 'H:i:s',
      timezone: account.timeZone,
      timezone_offset: '+03:00',
    },
  }
  const shown = Object.fromEntries(Object.entries(extra).filter(([key]) => wanted.has(key)))
  return ok({
    id: account.id,
    name: account.name,
    subdomain: account.subdomain,
    created_at: 1_600_000_000,
    created_by: admin.id,
    updated_at: call.world.now(),
    updated_by: admin.id,
    current_user_id: call.user.id,
    country: account.country,
    currency: account.currency,
    currency_symbol: '₽',
    customers_mode: 'disabled',
    is_unsorted_on: true,
    is_loss_reason_enabled: true,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    mobile_feature_version: 0,
    ...shown,
    _links: { self: { href: `${call.base}/api/v4/account` } },
    _embedded: {
      ...(wanted.has('users_groups') ? { users_groups: [{ id: 0, name: 'Отдел продаж', uuid: null }] } : {}),
      ...(wanted.has('task_types') ? { task_types: TASK_TYPES } : {}),
    },
  })
}

const TASK_TYPES = [
  { id: 1, name: 'Связаться', color: null, icon_id: null, code: 'FOLLOW_UP' },
  { id: 2, name: 'Встреча', color: null, icon_id: null, code: 'MEETING' },
]

function listUsers(call: ApiCall): ApiAnswer {
  const request = readPaging(call.query)
  const { items, hasNext } = pageOf(call.world.users, request)
  return answerPage(call, 'users', { items: items.map((user) => userJson(call, user)), hasNext }, request)
}

function showUser(call: ApiCall): ApiAnswer {
  const user = call.world.users.find(({ id }) => id === Number(call.params.id))
  return user === undefined ? NO_CONTENT : ok(userJson(call, user))
}

function userJson(call: ApiCall, user: User): unknown {
  const own = { view: 'A', edit: 'A', add: 'A', delete: user.isAdmin ? 'A' : 'D', export: user.isAdmin ? 'A' : 'D' }
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    lang: 'ru',
    rights: {
      leads: own,
      contacts: own,
      companies: own,
      tasks: { edit: 'A', delete: 'A' },
      mail_access: false,
      catalog_access: false,
      status_rights: [],
      is_admin: user.isAdmin,
      is_free: false,
      is_active: true,
      group_id: null,
      role_id: null,
    },
    _links: selfLink(call, 'users', user.id),
    _embedded: { roles: [], groups: [] },
  }
}

function listPipelines(call: ApiCall): ApiAnswer {
  const pipelines = [...call.world.pipelines.values()]
  return ok({
    _total_items: pipelines.length,
    _links: { self: { href: call.base + call.path } },
    _embedded: { pipelines: pipelines.map((pipeline) => pipelineJson(call, pipeline)) },
  })
}

function showPipeline(call: ApiCall): ApiAnswer {
  const pipeline = call.world.pipelines.get(Number(call.params.id))
  return pipeline === undefined ? NO_CONTENT : ok(pipelineJson(call, pipeline))
}

function listStatuses(call: ApiCall): ApiAnswer {
  const pipeline = call.world.pipelines.get(Number(call.params.id))
  if (pipeline === undefined) return NO_CONTENT
  return answer(
    call,
    'statuses',
    pipeline.statuses.map((status) => statusJson(call, pipeline, status)),
  )
}

function pipelineJson(call: ApiCall, pipeline: Pipeline): unknown {
  return {
    id: pipeline.id,
    name: pipeline.name,
    sort: pipeline.sort,
    is_main: pipeline.isMain,
    is_unsorted_on: true,
    is_archive: false,
    account_id: call.world.account.id,
    _links: selfLink(call, 'leads/pipelines', pipeline.id),
    _embedded: { statuses: pipeline.statuses.map((status) => statusJson(call, pipeline, status)) },
  }
}

function statusJson(call: ApiCall, pipeline: Pipeline, status: Status): unknown {
  return {
    id: status.id,
    name: status.name,
    sort: status.sort,
    is_editable: status.type === 0 && !isClosing(status.id),
    pipeline_id: pipeline.id,
    color: status.color,
    type: status.type,
    account_id: call.world.account.id,
    _links: selfLink(call, `leads/pipelines/${pipeline.id}/statuses`, status.id),
  }
}

function listLossReasons(call: ApiCall): ApiAnswer {
  const request = readPaging(call.query)
  const { items, hasNext } = pageOf(call.world.lossReasons, request)
  const shown = items.map(({ id, name }, at) => ({
    id,
    name,
    sort: (at + 1) * 10,
    created_at: 1_600_000_000,
    updated_at: 1_600_000_000,
    _links: selfLink(call, 'leads/loss_reasons', id),
  }))
  return answerPage(call, 'loss_reasons', { items: shown, hasNext }, request)
}

function listSources(call: ApiCall): ApiAnswer {
  const request = readPaging(call.query)
  const { items, hasNext } = pageOf(call.world.sources, request)
  const shown = items.map(({ id, name, externalId }) => ({
    id,
    name,
    pipeline_id: call.world.mainPipeline.id,
    external_id: externalId,
    services: [],
    default: false,
    origin_code: null,
    _links: selfLink(call, 'sources', id),
  }))
  return answerPage(call, 'sources', { items: shown, hasNext }, request)
}
