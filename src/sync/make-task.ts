import type { Task } from '../amocrm/amo-api.ts'
import type { Intent, MadeTask } from '../store/intents.ts'
import type { AccountContext } from './account-context.ts'
import { type Action, type ActResult, entityTypeOf, isSameText } from './acting.ts'

/**
 * One open task per client and reason. Whoever made a task of the same text, a second one would only be noise; one of
 * ours with another text (dates and sums change) is recognised by its id.
 */
export async function makeTask(context: AccountContext, intent: Intent, action: Action<'task'>): Promise<ActResult> {
  const { client } = intent
  const reason = reasonOf(action)
  const entityType = entityTypeOf(action.entity)
  const entityId = action.entity.id
  const last = await context.intents.lastTask(context.id, client, reason)
  const open = await context.api.openTasks(entityType, entityId)
  const standing = open.find((task) => isSameText(task.text, action.text)) ?? (await stillOpen(context, last, open))
  // A task that nobody has noted is that of a try which was interrupted: it is ours, and to be known as such.
  if (standing && intent.begun > 1 && standing.id !== last?.id) return made({ id: standing.id, entityType, entityId })
  if (standing) return { type: 'skipped', why: `task ${standing.id} is open` }

  const { text, completeTill, taskTypeId, responsibleUserId } = action
  const draft = { text, completeTill, entityType, entityId, responsibleUserId }
  const id = await context.api.createTask(taskTypeId === null ? draft : { ...draft, taskTypeId })
  return made({ id, entityType, entityId })

  function made(task: MadeTask): ActResult {
    const alongside = [context.intents.rememberTask(context.id, client, reason, task)]
    return { type: 'made', what: `task ${task.id}`, alongside }
  }
}

/** What the task is about: the action, and the deal of a rule about deals. */
function reasonOf({ actionId, cause }: Action<'task'>): string {
  return cause.dealId === null ? actionId : `${actionId}#${cause.dealId}`
}

async function stillOpen(
  context: AccountContext,
  last: MadeTask | null,
  open: readonly Task[],
): Promise<Task | undefined> {
  if (!last) return undefined
  const here = open.find((task) => task.id === last.id)
  if (here) return here
  const there = await context.api.openTasks(last.entityType, last.entityId)
  return there.find((task) => task.id === last.id)
}
