import type { Seconds } from '../../segmentation/facts.ts'
import {
  type Absence,
  type Remark,
  renderAbsence,
  renderBought,
  renderNoChange,
  renderRemark,
} from '../../segmentation/render/card-texts.ts'
import type { DimensionName } from '../../segmentation/render/render-answer.ts'
import { voiceOf } from '../../segmentation/render/voice.ts'
import type { ClientRef } from '../../segmentation/verdict.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { readBackfill } from '../backfill-state.ts'
import { readPause } from '../pause-account.ts'
import { type ClientView, clientView, type Told, type ToldVerdict } from './client-view.ts'
import { segmentName } from './segment-name.ts'

/** A card as amoCRM shows it to people. */
export interface CardRef {
  readonly entity: 'lead' | ClientRef['kind']
  readonly id: number
}

/** One segment on the card, or one rule that holds. */
export interface PanelSegment {
  readonly dimension: DimensionName | 'rule'
  /** Of a rule its id, of the value the tier. */
  readonly segment: string
  readonly name: Told
  /** Why, without the name before it. */
  readonly why: Told
  /** Seconds: when it changes if nothing happens; null: never, or of a rule not known. */
  readonly until: Seconds | null
  readonly isLocked: boolean
}

/** What the panel of a card says: everything ready to be read, nothing to be worked out. */
export interface CardPanel {
  readonly card: CardRef
  /** Whose segments these are; null: nobody's. */
  readonly client: ClientRef | null
  /** Null: there are segments. */
  readonly absence: { readonly code: Absence; readonly text: Told } | null
  readonly segments: readonly PanelSegment[]
  readonly purchases: { readonly count: number; readonly text: Told } | null
  readonly nextChange: { readonly at: Seconds | null; readonly text: readonly Told[] } | null
  readonly remarks: readonly { readonly code: Remark; readonly text: Told }[]
}

/** What the panel of a deal, contact or company shows, from the mirror alone: no call to amoCRM. */
export const cardPanel = async (context: AccountContext, card: CardRef): Promise<CardPanel> => {
  const client = await clientOfCard(context, card)
  if (typeof client === 'string') return empty(context, card, null, client)
  const view = await clientView(context, client)
  if (view?.verdict) return filled(context, card, { ...view, verdict: view.verdict })
  return empty(context, card, client, noClientBy(context, client, view))
}

/** The client a card is about; a deal's is whom it was last seen to belong to. */
const clientOfCard = async (context: AccountContext, { entity, id }: CardRef): Promise<ClientRef | Absence> => {
  if (entity !== 'lead') return { kind: entity, id }
  const owner = (await context.mirror.owners(context.id, [id])).get(id)
  switch (owner?.type) {
    case 'client':
      return owner.ref
    case 'orphan':
      return 'nobody'
    case 'deleted':
      return 'deal_deleted'
    default:
      return 'not_read'
  }
}

/** Whoever is read and still has no answer, or is of the other kind than clients are, is none. */
const noClientBy = ({ policy }: AccountContext, { kind }: ClientRef, view: ClientView | null): Absence => {
  if (kind === policy.clientEntity) return 'not_read'
  if (kind === 'company') return 'company_is_no_client'
  return view === null || view.readAt === null ? 'not_read' : 'contact_is_no_client'
}

const empty = async (
  context: AccountContext,
  card: CardRef,
  client: ClientRef | null,
  found: Absence,
): Promise<CardPanel> => {
  const backfill = found === 'not_read' ? await readBackfill(context.notes) : null
  const code = backfill !== null && backfill.phase !== 'done' ? 'base_is_read' : found
  return {
    ...{ card, client, segments: [], purchases: null, nextChange: null },
    absence: { code, text: told((language) => renderAbsence(code, language)) },
    remarks: await accountRemarks(context),
  }
}

type Decided = ClientView & { readonly verdict: ToldVerdict }

const filled = async (context: AccountContext, card: CardRef, view: Decided): Promise<CardPanel> => ({
  ...{ card, client: view.client, absence: null },
  segments: segmentsOf(context, card, view),
  purchases: boughtBy(context, view),
  nextChange: view.verdict.nextChange ?? { at: null, text: [told(renderNoChange)] },
  remarks: [...remarksOn(card, view), ...(await accountRemarks(context))],
})

const segmentsOf = (context: AccountContext, card: CardRef, { verdict, locks }: Decided): PanelSegment[] => {
  const now = nowSeconds(context)
  const isLocked = (dimension: string) =>
    locks.some((lock) => lock.dimension === dimension && (lock.until === null || lock.until > now))
  const answers = verdict.answers.flatMap(({ dimension, segment, reason, until }): PanelSegment[] => {
    if (segment === null) return []
    const name = segmentName(context, dimension, segment)
    return [{ dimension, segment, name, why: withoutName(reason, name), until, isLocked: isLocked(dimension) }]
  })
  // On a deal the rules about his other deals say nothing.
  const rules = verdict.rules.filter(({ dealId }) => card.entity !== 'lead' || dealId === null || dealId === card.id)
  const matches = new Map(rules.map((rule) => [rule.ruleId, rule]))
  return [
    ...answers,
    ...[...matches.values()].map(({ ruleId, reason }): PanelSegment => {
      const name = segmentName(context, `rule:${ruleId}`, ruleId)
      return { dimension: 'rule', segment: ruleId, name, why: withoutName(reason, name), until: null, isLocked: false }
    }),
  ]
}

/** `Спящий: последняя покупка …` → `Последняя покупка …`; the name stands beside it already. */
const withoutName = (reason: Told, name: Told): Told => {
  const cut = (text: string, start: string) => {
    const rest = text.startsWith(start) ? text.slice(start.length).replace(/^:\s*/, '') : text
    return rest.charAt(0).toUpperCase() + rest.slice(1)
  }
  return { ru: cut(reason.ru, name.ru), en: cut(reason.en, name.en) }
}

const boughtBy = ({ compiled }: AccountContext, { purchases, verdict }: Decided): CardPanel['purchases'] => {
  const { ltv, averageCheck } = verdict.value
  const bought = { count: purchases.length, sum: ltv, averageCheck, lastAt: purchases.at(-1)?.at ?? null }
  return { count: purchases.length, text: told((language) => renderBought(bought, voiceOf(compiled, language))) }
}

const remarksOn = ({ entity }: CardRef, { client, isFrozen, isHeld }: Decided): CardPanel['remarks'] => [
  ...(entity === 'lead' ? [remark(client.kind === 'contact' ? 'main_contact' : 'company_of_deal')] : []),
  ...(isFrozen ? [remark('frozen')] : []),
  ...(isHeld ? [remark('held')] : []),
]

const accountRemarks = async ({ record, notes }: AccountContext): Promise<CardPanel['remarks']> => {
  if (record.status === 'disconnected') return [remark('disconnected')]
  if (record.status === 'paused') return [remark('paused_by_trouble')]
  return (await readPause(notes)) === null ? [] : [remark('paused_by_hand')]
}

const remark = (code: Remark) => ({ code, text: told((language) => renderRemark(code, language)) })

const told = (say: (language: 'ru' | 'en') => string): Told => ({ ru: say('ru'), en: say('en') })
