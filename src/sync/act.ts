import { AmoError } from '../amocrm/amo-error.ts'
import { isFrozen } from '../segmentation/desired.ts'
import { type Begun, HELD_MS, type Intent } from '../store/intents.ts'
import type { JournalAction } from '../store/journal.ts'
import type { AccountContext } from './account-context.ts'
import { restAfter } from './account-trouble.ts'
import { type Action, type ActResult, entityTypeOf, isSameText } from './acting.ts'
import { clientFacts } from './client-facts.ts'
import { makeTask } from './make-task.ts'
import { ForbiddenAddressError } from './outgoing/address-guard.ts'
import type { SendWebhook } from './send-webhook.ts'
import { setField } from './set-field.ts'

/**
 * Carries out one intended action, once. Tasks and notes can't be undone or merged by amoCRM, so after an interrupted
 * try it looks whether the call got through before it repeats it; a Salesbot leaves no trace, so it is never repeated.
 * Answers false when another worker has it: it is to be looked at again later.
 */
export async function act(context: AccountContext, key: string, send: SendWebhook): Promise<boolean> {
  const begun = await context.intents.begin(context.id, key)
  if (begun.type !== 'begun') return begun.type === 'none'
  const keeping = setInterval(() => begun.keep().catch(() => {}), HELD_MS / 3)
  try {
    const result = await carryOut(context, begun.intent, send).catch(resultOfRefusal)
    await finish(context, begun, result)
    return true
  } catch (error) {
    // A refusal of the whole account comes before anything is done.
    await begun.release(restAfter(error) !== null)
    throw error
  } finally {
    clearInterval(keeping)
  }
}

async function finish(context: AccountContext, { intent, done }: Begun, result: ActResult): Promise<void> {
  const { client, run, action } = intent
  const { type, actionId } = action
  const made: JournalAction | null = result.type === 'made' ? { client, run, type, actionId, made: result.what } : null
  const remembered = result.type === 'made' ? (result.alongside ?? []) : []
  await done([...(made ? [context.journal.made(context.id, made)] : []), ...remembered])
  context.log.info({ type, actionId, result: result.type === 'skipped' ? result.why : result.what }, 'entry action')
}

/** What is refused for good, by amoCRM or by the guard of outgoing webhooks, is not tried again. */
function resultOfRefusal(error: unknown): ActResult {
  if (error instanceof ForbiddenAddressError) return { type: 'skipped', why: `refused: ${error.message}` }
  if (error instanceof AmoError && (error.code === 'refused' || error.code === 'forbidden'))
    return { type: 'skipped', why: `refused: ${error.message}` }
  throw error
}

async function carryOut(context: AccountContext, intent: Intent, send: SendWebhook): Promise<ActResult> {
  const { action } = intent
  const doc = await context.mirror.read(context.id, intent.client)
  if (!doc?.card) return { type: 'skipped', why: 'the client is gone' }
  if (isFrozen(clientFacts({ ...doc, card: doc.card }), context.compiled))
    return { type: 'skipped', why: 'the client is frozen' }
  switch (action.type) {
    case 'task':
      return makeTask(context, intent, action)
    case 'note':
      return makeNote(context, action, intent)
    case 'field':
      return setField(context, intent, action)
    case 'salesbot':
      return startSalesbot(context, action, intent)
    case 'webhook':
      return { type: 'made', what: await send(context.id, action.url, action.body, action.key) }
  }
}

async function makeNote(context: AccountContext, action: Action<'note'>, { begun }: Intent): Promise<ActResult> {
  const entityType = entityTypeOf(action.entity)
  if (begun > 1) {
    const notes = await context.api.notes(entityType, action.entity.id)
    const standing = notes.find(({ text }) => isSameText(text, action.text))
    if (standing) return { type: 'made', what: `note ${standing.id}` }
  }
  return { type: 'made', what: `note ${await context.api.createNote(entityType, action.entity.id, action.text)}` }
}

async function startSalesbot(
  context: AccountContext,
  { entity, botId, actionId }: Action<'salesbot'>,
  { begun }: Intent,
): Promise<ActResult> {
  const entityType = entityTypeOf(entity)
  if (entityType === 'companies') return { type: 'skipped', why: 'a Salesbot runs on contacts and deals' }
  if (begun > 1) {
    context.log.warn({ actionId }, 'a Salesbot may have been started, not repeated')
    return { type: 'skipped', why: 'may have been started' }
  }
  await context.api.runSalesbot(botId, entityType, entity.id)
  return { type: 'made', what: `salesbot ${botId}` }
}
