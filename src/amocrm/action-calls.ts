import type { AmoApi, EntityType, LeadDraft, TaskDraft } from './amo-api.ts'
import type { AmoAnswer, AmoCaller } from './amo-caller.ts'
import { AmoError } from './amo-error.ts'
import { asId, asObject, asText, embedded } from './hal.ts'
import { listAll } from './list-all.ts'

type ActionCalls = Pick<AmoApi, 'createLead' | 'createTask' | 'openTasks' | 'createNote' | 'notes' | 'runSalesbot'>

/** API v2 numbers of what a Salesbot runs on (amoCRM, "Salesbot"). */
const BOT_ENTITY = { contacts: 1, leads: 2 } as const

/**
 * Things that exist anew after each call: never repeated once they may have been done. An `unavailable` error then
 * means "look first": `openTasks` and `notes` are there for that.
 */
export function actionCalls(caller: AmoCaller): ActionCalls {
  const create = async (
    path: string,
    route: string,
    list: string,
    draft: object,
    priority: 'live' | 'due' | 'backfill',
  ) => {
    const answer = await caller.call({ method: 'POST', path, route, body: [draft], once: true }, priority)
    return createdId(answer, list, path)
  }

  return {
    createLead(draft, priority) {
      const path = '/api/v4/leads'
      return create(path, path, 'leads', toWireLead(draft), priority)
    },
    createTask(draft) {
      const path = '/api/v4/tasks'
      return create(path, path, 'tasks', toWireTask(draft), 'live')
    },
    async openTasks(entityType, entityId) {
      const filter = { 'filter[entity_type]': entityType, 'filter[entity_id][]': String(entityId) }
      const query = new URLSearchParams({ ...filter, 'filter[is_completed]': '0' }).toString()
      const tasks = await listAll(caller, { path: '/api/v4/tasks', query }, 'tasks')
      return tasks.flatMap((task) => {
        const id = asId(task.id)
        const isOpenHere = asId(task.entity_id) === entityId && task.is_completed !== true
        return id !== null && isOpenHere ? [{ id, text: asText(task.text), entityId, isCompleted: false }] : []
      })
    },
    createNote(entityType, entityId, text) {
      const { path, route } = notesPath(entityType, entityId)
      return create(path, route, 'notes', { note_type: 'common', params: { text } }, 'live')
    },
    async notes(entityType, entityId) {
      const query = 'filter%5Bnote_type%5D%5B%5D=common&order%5Bid%5D=desc'
      const notes = await listAll(caller, { ...notesPath(entityType, entityId), query, accept: [404] }, 'notes')
      return notes.flatMap((note) => {
        const id = asId(note.id)
        return id === null ? [] : [{ id, text: asText(asObject(note.params).text) }]
      })
    },
    async runSalesbot(botId, entityType, entityId) {
      const path = '/api/v2/salesbot/run'
      const body = [{ bot_id: botId, entity_id: entityId, entity_type: BOT_ENTITY[entityType] }]
      await caller.call({ method: 'POST', path, route: path, body, once: true, ignoreAnswer: true }, 'live')
    },
  }
}

function notesPath(entityType: EntityType, entityId: number): { path: string; route: string } {
  const path = (id: number | string) => `/api/v4/${entityType}/${id}/notes`
  return { path: path(entityId), route: path('{id}') }
}

function createdId({ json, status }: AmoAnswer, list: string, path: string): number {
  const items = Array.isArray(json) ? json : embedded(json, list)
  const id = asId(asObject(items[0] ?? json).id)
  if (id !== null) return id
  const details = { method: 'POST', path, status }
  throw new AmoError('unavailable', `POST ${path}: the answer names no id; look whether it was made`, details)
}

function toWireLead({ name, pipelineId, statusId, responsibleUserId, contactId, companyId, tags }: LeadDraft) {
  return {
    name,
    pipeline_id: pipelineId,
    status_id: statusId,
    // 0 stands for nobody; amoCRM takes no such user.
    ...(responsibleUserId > 0 ? { responsible_user_id: responsibleUserId } : {}),
    _embedded: {
      ...(contactId === null ? {} : { contacts: [{ id: contactId, is_main: true }] }),
      ...(companyId === null ? {} : { companies: [{ id: companyId }] }),
      ...(tags.length === 0 ? {} : { tags: tags.map((tag) => ({ name: tag })) }),
    },
  }
}

function toWireTask({ text, completeTill, entityType, entityId, taskTypeId, responsibleUserId }: TaskDraft) {
  return {
    text,
    complete_till: completeTill,
    entity_id: entityId,
    entity_type: entityType,
    ...(taskTypeId === undefined ? {} : { task_type_id: taskTypeId }),
    ...(responsibleUserId ? { responsible_user_id: responsibleUserId } : {}),
  }
}
