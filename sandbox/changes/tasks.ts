import type { HookFields } from '../hooks/form-encode.ts'
import type { EntityType, Task } from '../world/model.ts'
import type { World } from '../world/world.ts'
import type { Actor } from './patch.ts'

export interface TaskDraft {
  readonly text: string
  readonly completeTill: number
  readonly entityId?: number
  readonly entityType?: EntityType
  readonly taskTypeId?: number
  readonly responsibleUserId?: number
  readonly duration?: number
  readonly isCompleted?: boolean
  readonly resultText?: string
}

/** Tasks of one card, oldest first. */
export function tasksOf(world: World, type: EntityType, id: number): readonly Task[] {
  return world.tasksByCard.get(`${type}:${id}`) ?? []
}

/** The next due instant among the card's open tasks, in seconds. */
export function closestTaskAt(world: World, type: EntityType, id: number): number | null {
  const due = tasksOf(world, type, id).flatMap((task) => (task.isCompleted ? [] : [task.completeTill]))
  return due.length === 0 ? null : Math.min(...due)
}

export function createTask(world: World, draft: TaskDraft, actor: Actor): Task {
  const now = world.now()
  const task: Task = {
    id: world.nextId(),
    createdBy: actor.userId,
    updatedBy: actor.userId,
    createdAt: now,
    updatedAt: now,
    isDeleted: false,
    responsibleUserId: draft.responsibleUserId ?? actor.userId,
    entityId: draft.entityId ?? null,
    entityType: draft.entityType ?? null,
    duration: draft.duration ?? 0,
    isCompleted: draft.isCompleted ?? false,
    taskTypeId: draft.taskTypeId ?? 1,
    text: draft.text,
    resultText: draft.resultText ?? null,
    completeTill: draft.completeTill,
  }
  world.tasks.add(task)
  if (task.entityType !== null && task.entityId !== null) {
    const key = `${task.entityType}:${task.entityId}`
    world.tasksByCard.set(key, [...(world.tasksByCard.get(key) ?? []), task])
  }
  announceTask(world, task, 'add')
  return task
}

export type TaskPatch = Partial<Omit<TaskDraft, 'entityId' | 'entityType'>>

export function changeTask(world: World, task: Task, patch: TaskPatch, actor: Actor): void {
  const oldText = task.text
  Object.assign(task, patch)
  task.updatedBy = actor.userId
  world.tasks.touch(task.id, world.now())
  announceTask(world, task, 'update', { old_text: oldText, action_close: task.isCompleted })
}

const ELEMENT_TYPES = { contacts: 1, leads: 2, companies: 3 } as const

function announceTask(world: World, task: Task, action: 'add' | 'update', more: HookFields = {}): void {
  world.announce({
    settings: [`${action}_task`],
    key: 'task',
    action,
    entityId: task.id,
    item: () => ({
      id: task.id,
      element_id: task.entityId ?? 0,
      element_type: task.entityType === null ? 0 : ELEMENT_TYPES[task.entityType],
      task_type: task.taskTypeId,
      date_create: textDate(task.createdAt),
      text: task.text,
      status: task.isCompleted,
      account_id: world.account.id,
      created_user_id: task.createdBy,
      last_modified: textDate(task.updatedAt),
      responsible_user_id: task.responsibleUserId,
      complete_till: textDate(task.completeTill),
      ...more,
      created_at: task.createdAt,
      updated_at: task.updatedAt,
      complete_before: task.completeTill,
    }),
  })
}

/** `Y-m-d H:i:s` in UTC, as task hooks show it. */
function textDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
