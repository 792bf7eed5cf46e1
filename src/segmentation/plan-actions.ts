import type { CompiledPolicy } from './compile-policy.ts'
import { isOpenDeal } from './deal-state.ts'
import type { ClientFacts, ClientKind, DealFacts, Seconds } from './facts.ts'
import type { EntryAction } from './policy/entry-action.ts'
import { fieldIdOf } from './policy/field-id-of.ts'
import { actionText } from './render/action-text.ts'
import { type Entry, entriesBetween, type Segments } from './transitions.ts'
import type { Verdict } from './verdict.ts'

/** What an action is made on. */
export interface ActionEntity {
  readonly type: ClientKind | 'deal'
  readonly id: number
}

interface Planned {
  /**
   * The same for the same transition however often it is planned, another for every other: an action with this key is
   * carried out once.
   */
  readonly key: string
  readonly actionId: string
  /** The dimension or rule entered. */
  readonly cause: Pick<Entry, 'dimension' | 'ruleId' | 'dealId' | 'from' | 'to'>
}

/** One thing to be done because a client entered a segment; not yet done. */
export type PlannedAction = Planned &
  (
    | {
        readonly type: 'task'
        readonly entity: ActionEntity
        readonly text: string
        readonly completeTill: Seconds
        /** Null: amoCRM's default type. */
        readonly taskTypeId: number | null
        readonly responsibleUserId: number
      }
    | { readonly type: 'note'; readonly entity: ActionEntity; readonly text: string }
    | {
        readonly type: 'field'
        readonly entity: ActionEntity
        readonly fieldId: number
        /** Null clears the field. */
        readonly value: string | number | boolean | null
      }
    | { readonly type: 'salesbot'; readonly entity: ActionEntity; readonly botId: number }
    | { readonly type: 'webhook'; readonly url: string; readonly body: WebhookBody }
  )

/** What an outgoing webhook says. */
export interface WebhookBody {
  readonly accountId: number
  readonly client: { readonly kind: ClientKind; readonly id: number }
  readonly dimension: string
  readonly dealId: number | null
  readonly from: string | null
  readonly to: string
  readonly at: Seconds
  readonly reasons: readonly string[]
}

export interface PlanOptions {
  /** Whether the whole base is gone through: then only actions with `duringBackfill` are planned. */
  readonly backfill: boolean
  /** When an action was last planned for this client, for `coolDownDays`; absent: never. */
  readonly lastFiredAt?: (actionId: string) => Seconds | null
  /** The deal it is about, where none matched by itself; absent: the client's newest open one. */
  readonly dealId?: number
}

interface Planning {
  readonly client: ClientFacts
  readonly verdict: Verdict
  readonly policy: CompiledPolicy
  readonly entry: Entry
  readonly dealId: number | undefined
}

const DAY = 86_400
const HOUR = 3_600

const newestOpenDeal = ({ deals }: ClientFacts, { cardPipelineId }: CompiledPolicy): DealFacts | null =>
  deals
    .filter((deal) => isOpenDeal(deal) && deal.pipelineId !== cardPipelineId)
    .toSorted((one, other) => other.createdAt - one.createdAt || other.id - one.id)[0] ?? null

/** The deal an action is about: the one that matched, the one that was named, else the client's newest open one. */
const dealIdOf = ({ client, policy, entry, dealId }: Planning): number | null =>
  entry.dealId ?? dealId ?? newestOpenDeal(client, policy)?.id ?? null

const clientEntity = ({ client }: Planning): ActionEntity => ({ type: client.kind, id: client.id })

const entityOf = (action: { readonly on: 'client' | 'deal' }, planning: Planning): ActionEntity | null => {
  if (action.on === 'client') return clientEntity(planning)
  const id = dealIdOf(planning)
  return id === null ? null : { type: 'deal', id }
}

/** amoCRM starts a Salesbot on contacts and deals alone. */
const botEntity = (action: { readonly on: 'client' | 'deal' }, planning: Planning): ActionEntity | null => {
  const entity = entityOf(action, planning)
  return entity?.type === 'company' ? entityOf({ on: 'deal' }, planning) : entity
}

const fieldPlan = (action: Extract<EntryAction, { type: 'field' }>, planning: Planning) => {
  const entity = entityOf(action, planning)
  if (entity === null) return null
  const fieldId = fieldIdOf(action.field, entity.type === 'deal' ? 'lead' : entity.type, planning.policy.account)
  return fieldId === null ? null : { type: 'field' as const, entity, fieldId, value: action.value }
}

const webhookBody = ({ client, verdict, policy, entry }: Planning): WebhookBody => ({
  accountId: policy.account.id,
  client: { kind: client.kind, id: client.id },
  dimension: entry.dimension,
  dealId: entry.dealId,
  from: entry.from,
  to: entry.to,
  at: verdict.at,
  reasons: [actionText('{reason}', { client, verdict, policy, entry })],
})

/** The action's own part of the plan; null: this client has nothing it could be done on. */
const detailsOf = (action: EntryAction, planning: Planning) => {
  const { client, verdict } = planning
  switch (action.type) {
    case 'task':
      return {
        type: action.type,
        entity: entityOf(action, planning) ?? clientEntity(planning),
        text: actionText(action.text, planning),
        completeTill: verdict.at + action.dueInHours * HOUR,
        taskTypeId: action.taskTypeId,
        responsibleUserId: action.responsibleUserId ?? client.responsibleUserId,
      }
    case 'note':
      return {
        type: action.type,
        entity: entityOf(action, planning) ?? clientEntity(planning),
        text: actionText(action.text, planning),
      }
    case 'field':
      return fieldPlan(action, planning)
    case 'salesbot': {
      const entity = botEntity(action, planning)
      return entity && { type: action.type, entity, botId: action.botId }
    }
    case 'webhook':
      return { type: action.type, url: action.url, body: webhookBody(planning) }
  }
}

const keyOf = (action: EntryAction, { client, entry }: Planning, since: Seconds): string =>
  [`${client.kind}:${client.id}`, action.id, entry.name, `${entry.from ?? ''}>${entry.to}`, since].join('|')

const mayFire = (action: EntryAction, now: Seconds, { backfill, lastFiredAt }: PlanOptions): boolean => {
  if (backfill && !action.duringBackfill) return false
  const last = action.coolDownDays === 0 ? null : (lastFiredAt?.(action.id) ?? null)
  return last === null || now >= last + action.coolDownDays * DAY
}

/**
 * The actions to be carried out because the client came from the segments last remembered (null: he was never decided)
 * to this verdict. A task or note on a deal goes to the client where he has no open deal; a field or Salesbot that has
 * nothing to be done on is left out. The instant in the keys is that of the remembered segments (of the client's creation,
 * when there are none): planning again before the new ones are remembered gives the same keys.
 */
export const planActions = (
  from: Segments | null,
  to: Verdict,
  client: ClientFacts,
  policy: CompiledPolicy,
  options: PlanOptions,
): PlannedAction[] =>
  entriesBetween(from, to, policy).flatMap((entry) =>
    entry.actions.flatMap((action): PlannedAction[] => {
      if (!mayFire(action, to.at, options)) return []
      const planning = { client, verdict: to, policy, entry, dealId: options.dealId }
      const details = detailsOf(action, planning)
      if (details === null) return []
      const { dimension, ruleId, dealId, from: came, to: entered } = entry
      const cause = { dimension, ruleId, dealId, from: came, to: entered }
      return [{ key: keyOf(action, planning, from?.at ?? client.createdAt), actionId: action.id, cause, ...details }]
    }),
  )
