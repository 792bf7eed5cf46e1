import { changeTask, createTask, type TaskDraft, type TaskPatch } from '../changes/tasks.ts'
import { ENTITY_TYPES, type EntityType, type Task } from '../world/model.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { readOrder } from './card-filters.ts'
import { selfLink } from './card-json.ts'
import { answerPage } from './card-reads.ts'
import { answer } from './card-writes.ts'
import { type ItemReader, readBatch, readSingle, throwFaults } from './item-reader.ts'
import { listShelf } from './list-shelf.ts'
import { readPaging } from './paging.ts'
import { Problem } from './problem.ts'
import { invalidFilter, listOf, mapOf, numbersOf, type Range, rangeOf } from './query-values.ts'
import { defined } from './read-card-patch.ts'

/** Tasks can be made, changed and read; the API has no way to delete one. */
export const taskRoutes: readonly Route[] = [
  { method: 'GET', path: '/v4/tasks', handle: listTasks },
  { method: 'GET', path: '/v4/tasks/:id', handle: showTask },
  { method: 'POST', path: '/v4/tasks', handle: addTasks },
  { method: 'PATCH', path: '/v4/tasks', handle: patchTasks },
  { method: 'PATCH', path: '/v4/tasks/:id', handle: patchTask },
]

function listTasks(call: ApiCall): ApiAnswer {
  let ids: readonly number[] | null = null
  let updated: Range | null = null
  const tests: ((task: Task) => boolean)[] = []
  const filters = mapOf(call.query, 'filter')
  if (filters.has('entity_id') && !filters.has('entity_type')) throw invalidFilter('entity_id without entity_type')
  for (const [name, node] of filters) {
    const among = (pick: (task: Task) => number | null): void => {
      const wanted = new Set<number | null>(numbersOf(node, name))
      tests.push((task) => wanted.has(pick(task)))
    }
    if (name === 'id') ids = numbersOf(node, name)
    else if (name === 'updated_at') updated = rangeOf(node, name)
    else if (name === 'responsible_user_id') among((task) => task.responsibleUserId)
    else if (name === 'created_by') among((task) => task.createdBy)
    else if (name === 'entity_id') among((task) => task.entityId)
    else if (name === 'task_type' || name === 'task_type_id') among((task) => task.taskTypeId)
    else if (name === 'is_completed') among((task) => (task.isCompleted ? 1 : 0))
    else if (name === 'entity_type') {
      const types = new Set<string | null>(listOf(node, name))
      tests.push((task) => types.has(task.entityType))
    } else throw invalidFilter(name)
  }
  const request = readPaging(call.query)
  const order = readOrder(call.query, ['id', 'created_at', 'updated_at'])
  const matches = (task: Task): boolean => tests.every((test) => test(task))
  const page = listShelf(call.world.tasks, { ids, updated, matches, order, deleted: false }, request)
  return answerPage(call, 'tasks', { ...page, items: page.items.map((task) => taskJson(call, task)) }, request)
}

function showTask(call: ApiCall): ApiAnswer {
  const task = call.world.tasks.get(Number(call.params.id))
  return task === undefined ? NO_CONTENT : ok(taskJson(call, task))
}

function taskJson(call: ApiCall, task: Task): unknown {
  return {
    id: task.id,
    created_by: task.createdBy,
    updated_by: task.updatedBy,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    responsible_user_id: task.responsibleUserId,
    group_id: 0,
    entity_id: task.entityId,
    entity_type: task.entityType,
    duration: task.duration,
    is_completed: task.isCompleted,
    task_type_id: task.taskTypeId,
    text: task.text,
    result: task.resultText === null ? [] : { text: task.resultText },
    complete_till: task.completeTill,
    account_id: call.world.account.id,
    _links: selfLink(call, 'tasks', task.id),
  }
}

const PATCH_KEYS = [
  'text',
  'complete_till',
  'task_type_id',
  'responsible_user_id',
  'duration',
  'is_completed',
  'result',
  'created_by',
  'updated_by',
  'created_at',
  'updated_at',
  'request_id',
]
const DRAFT_KEYS = [...PATCH_KEYS, 'entity_id', 'entity_type']

function readPatch(call: ApiCall, reader: ItemReader, keys: readonly string[]): TaskPatch {
  reader.onlyKeys(new Set(keys))
  const user = reader.whole('responsible_user_id')
  if (user !== undefined && !call.world.users.some(({ id }) => id === user)) {
    reader.refuse('NotSupportedChoice', 'responsible_user_id', 'The value you selected is not a valid choice.')
  }
  const result = reader.object('result')
  result?.onlyKeys(new Set(['text']))
  const text = reader.text('text')
  if (text?.trim() === '') reader.refuse('NotBlank', 'text', 'This value should not be blank.')
  return defined({
    text,
    completeTill: reader.whole('complete_till'),
    taskTypeId: reader.whole('task_type_id'),
    responsibleUserId: user,
    duration: reader.whole('duration'),
    isCompleted: reader.flag('is_completed'),
    resultText: result?.text('text'),
  })
}

function readDraft(call: ApiCall, reader: ItemReader): TaskDraft {
  reader.require('text', 'complete_till')
  const patch = readPatch(call, reader, DRAFT_KEYS)
  const entityId = reader.whole('entity_id')
  const entityType = readEntityType(reader)
  if (entityId !== undefined && (entityType === undefined || call.world[entityType].get(entityId) === undefined)) {
    reader.refuse('NotSupportedChoice', 'entity_id', 'The value you selected is not a valid choice.')
  }
  return { text: '', completeTill: 0, ...patch, ...defined({ entityId, entityType }) }
}

function readEntityType(reader: ItemReader): EntityType | undefined {
  const text = reader.text('entity_type')
  if (text === undefined) return undefined
  const type = ENTITY_TYPES.find((known) => known === text)
  return type ?? reader.refuse('NotSupportedChoice', 'entity_type', 'The value you selected is not a valid choice.')
}

function addTasks(call: ApiCall): ApiAnswer {
  const readers = readBatch(call.body)
  const drafts = readers.map((reader) => ({ reader, draft: readDraft(call, reader) }))
  throwFaults(readers)
  const made = drafts.map(({ reader, draft }) => {
    const task = createTask(call.world, draft, call.actor)
    return { id: task.id, request_id: reader.requestId, _links: selfLink(call, 'tasks', task.id) }
  })
  return answer(call, 'tasks', made)
}

function patchTasks(call: ApiCall): ApiAnswer {
  const readers = readBatch(call.body)
  const changes = readers.flatMap((reader) => {
    reader.require('id')
    const task = call.world.tasks.get(reader.whole('id') ?? 0)
    if (task === undefined) reader.refuse('NotFound', 'id', 'Entity not found.')
    const patch = readPatch(call, reader, [...PATCH_KEYS, 'id'])
    return task === undefined ? [] : [{ task, patch, reader }]
  })
  throwFaults(readers)
  return answer(
    call,
    'tasks',
    changes.map(({ task, patch, reader }) => {
      changeTask(call.world, task, patch, call.actor)
      return { ...thin(call, task), request_id: reader.requestId }
    }),
  )
}

function patchTask(call: ApiCall): ApiAnswer {
  const task = call.world.tasks.get(Number(call.params.id))
  if (task === undefined) throw new Problem(404, 'Entity not found')
  const reader = readSingle(call.body)
  const patch = readPatch(call, reader, [...PATCH_KEYS, 'id'])
  throwFaults([reader])
  changeTask(call.world, task, patch, call.actor)
  return ok(thin(call, task))
}

function thin(call: ApiCall, task: Task) {
  return { id: task.id, updated_at: task.updatedAt, _links: selfLink(call, 'tasks', task.id) }
}
