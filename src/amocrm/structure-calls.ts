import type { AmoApi } from './amo-api.ts'
import type { AmoCaller } from './amo-caller.ts'
import type { AmoPipeline } from './entities.ts'
import { asId, asInteger, asObject, asObjects, asText, embedded, type Json } from './hal.ts'
import { listAll } from './list-all.ts'
import { ACCOUNT_QUERY, readAccount } from './read-account.ts'

type StructureCalls = Pick<AmoApi, 'account' | 'users' | 'pipelines' | 'lossReasons' | 'sources' | 'customFields'>

/** The account around its clients: what changes rarely. */
export function structureCalls(caller: AmoCaller, host: string): StructureCalls {
  return {
    async account() {
      const path = '/api/v4/account'
      const { json } = await caller.call({ method: 'GET', path, route: path, query: ACCOUNT_QUERY }, 'live')
      return readAccount(json, host)
    },
    async users() {
      const users = await listAll(caller, { path: '/api/v4/users' }, 'users')
      return users.flatMap((user) =>
        named(user).map((who) => ({ ...who, isAdmin: asObject(user.rights).is_admin === true })),
      )
    },
    async pipelines() {
      const pipelines = await listAll(caller, { path: '/api/v4/leads/pipelines' }, 'pipelines')
      return pipelines.flatMap(readPipeline)
    },
    async lossReasons() {
      // 404 where the account has loss reasons switched off.
      const request = { path: '/api/v4/leads/loss_reasons', accept: [404] }
      return (await listAll(caller, request, 'loss_reasons')).flatMap(named)
    },
    async sources() {
      const request = { path: '/api/v4/sources', accept: [404] }
      return (await listAll(caller, request, 'sources')).flatMap(named)
    },
    async customFields(type) {
      const route = `/api/v4/${type}/custom_fields`
      const fields = await listAll(caller, { path: route }, 'custom_fields')
      return fields.flatMap((field) =>
        named(field).map((base) => ({
          ...base,
          code: asText(field.code) || null,
          type: asText(field.type),
          enums: asObjects(field.enums).flatMap(readOption),
        })),
      )
    },
  }
}

/** None when it has no id. */
function named(json: Json): { id: number; name: string }[] {
  const id = asId(json.id)
  return id === null ? [] : [{ id, name: asText(json.name) }]
}

function readOption(json: Json): { id: number; value: string }[] {
  const id = asId(json.id)
  return id === null ? [] : [{ id, value: asText(json.value) }]
}

function readPipeline(json: Json): AmoPipeline[] {
  const statuses = embedded(json, 'statuses').flatMap((status) =>
    named(status).map((base) => ({ ...base, sort: asInteger(status.sort) ?? 0, type: asInteger(status.type) ?? 0 })),
  )
  return named(json).map((base) => ({
    ...base,
    sort: asInteger(json.sort) ?? 0,
    isMain: json.is_main === true,
    statuses,
  }))
}
