import type { EntityType } from '../amocrm/amo-api.ts'
import { AmoError } from '../amocrm/amo-error.ts'
import type { ActionEntity, PlannedAction } from '../segmentation/plan-actions.ts'
import type { Intent } from '../store/intents.ts'
import type { AccountContext } from './account-context.ts'
import type { SendWebhook } from './send-webhook.ts'

type Action<Type extends PlannedAction['type']> = Extract<PlannedAction, { type: Type }>

/** What was made, for the record; `skipped` when it stood already or may not be repeated. */
type ActResult = string

/**
 * Carries out one intended action, once. Tasks and notes can't be undone or merged by amoCRM, so after an interrupted
 * try it looks whether the call got through before it repeats it; a Salesbot leaves no trace, so it is never repeated.
 */
export async function act(context: AccountContext, key: string, send: SendWebhook): Promise<void> {
  const intent = await context.intents.begin(context.id, key)
  if (!intent) return
  const result = await carryOut(context, intent, send).catch(resultOfRefusal)
  await context.intents.done(context.id, key, result)
  const { type, actionId } = intent.action
  context.log.info({ accountId: context.id, type, actionId, result }, 'entry action')
}

/** What amoCRM refuses for good is not tried again. */
function resultOfRefusal(error: unknown): ActResult {
  if (error instanceof AmoError && (error.code === 'refused' || error.code === 'forbidden'))
    return `refused: ${error.message}`
  throw error
}

function carryOut(context: AccountContext, intent: Intent, send: SendWebhook): Promise<ActResult> {
  const { action } = intent
  switch (action.type) {
    case 'task':
      return makeTask(context, action)
    case 'note':
      return makeNote(context, action, intent)
    case 'field':
      return setField(context, action)
    case 'salesbot':
      return startSalesbot(context, action, intent)
    case 'webhook':
      return send(context.id, action.url, action.body, action.key)
  }
}

/** One open task per client and text: whoever made it, a second one would only be noise. */
async function makeTask(context: AccountContext, action: Action<'task'>): Promise<ActResult> {
  const { entity, text, completeTill, taskTypeId, responsibleUserId } = action
  const entityType = entityTypeOf(entity)
  const open = await context.api.openTasks(entityType, entity.id)
  const standing = open.find((task) => task.text === text)
  if (standing) return `skipped: task ${standing.id} is open`
  const draft = { text, completeTill, entityType, entityId: entity.id, responsibleUserId }
  return `task ${await context.api.createTask(taskTypeId === null ? draft : { ...draft, taskTypeId })}`
}

async function makeNote(context: AccountContext, action: Action<'note'>, { begun }: Intent): Promise<ActResult> {
  const entityType = entityTypeOf(action.entity)
  if (begun > 1) {
    const standing = (await context.api.notes(entityType, action.entity.id)).find(({ text }) => text === action.text)
    if (standing) return `note ${standing.id}`
  }
  return `note ${await context.api.createNote(entityType, action.entity.id, action.text)}`
}

async function setField(context: AccountContext, action: Action<'field'>): Promise<ActResult> {
  const { entity, fieldId, value } = action
  const fields = { [fieldId]: value === null ? null : { value } }
  const outcome = await context.api.update(entityTypeOf(entity), { id: entity.id, fields }, 'due')
  return `field ${fieldId}: ${outcome.type}`
}

async function startSalesbot(
  context: AccountContext,
  action: Action<'salesbot'>,
  { begun }: Intent,
): Promise<ActResult> {
  if (begun > 1) {
    context.log.warn(
      { accountId: context.id, actionId: action.actionId },
      'a Salesbot may have been started, not repeated',
    )
    return 'skipped: may have been started'
  }
  const entityType = entityTypeOf(action.entity)
  if (entityType === 'companies') return 'skipped: a Salesbot runs on contacts and deals'
  await context.api.runSalesbot(action.botId, entityType, action.entity.id)
  return `salesbot ${action.botId}`
}

function entityTypeOf({ type }: ActionEntity): EntityType {
  return ({ deal: 'leads', contact: 'contacts', company: 'companies' } as const)[type]
}
