import type { ClientReading } from '../client-reading.ts'
import { isLostDeal } from '../deal-state.ts'
import { type DealFacts, WON } from '../facts.ts'
import type { FactTraits, FactValue } from './fact-types.ts'
import { isCard } from './rule-subject.ts'

/** A fact of a deal. None changes by itself: ages count from an instant that stands still. */
export interface DealFact extends FactTraits {
  readonly read: (deal: DealFacts, reading: ClientReading) => FactValue
}

const stateOf = (deal: DealFacts): string => {
  if (deal.statusId === WON) return 'won'
  return isLostDeal(deal) ? 'lost' : 'open'
}

const STATES = ['open', 'won', 'lost']

/**
 * Facts of a deal by name. Its last change is none of them: the tags this program writes move it, and a rule that read
 * it would go round in a circle. For the same reason a deal that was never seen entering its status has no days in it.
 */
export const DEAL_FACTS: Readonly<Record<string, DealFact>> = {
  pipeline: {
    type: 'reference',
    kind: 'pipeline',
    meaning: { en: 'pipeline', ru: 'воронка' },
    read: (deal) => deal.pipelineId,
  },
  status: {
    type: 'reference',
    kind: 'status',
    meaning: { en: 'status (142: won, 143: lost)', ru: 'этап (142 — успешно, 143 — не реализовано)' },
    read: (deal) => deal.statusId,
  },
  state: {
    type: 'choice',
    choices: STATES,
    meaning: { en: 'open, won or lost', ru: 'open — открыта, won — успешна, lost — не реализована' },
    read: stateOf,
  },
  isCard: {
    type: 'boolean',
    meaning: { en: "the client's own card, kept by this program", ru: 'карточка клиента, которую ведёт программа' },
    read: isCard,
  },
  daysInStatus: {
    type: 'elapsed',
    shownAs: 'statusSince',
    meaning: { en: 'days since it entered its status', ru: 'дней с входа в этап' },
    read: (deal) => deal.statusSince,
  },
  statusSince: {
    type: 'instant',
    meaning: { en: 'when it was seen entering its status', ru: 'когда вошла в этап' },
    read: (deal) => deal.statusSince,
  },
  price: {
    type: 'number',
    whenAbsent: 0,
    meaning: { en: 'budget; none counts as 0', ru: 'бюджет; без бюджета считается 0' },
    read: (deal) => deal.price,
  },
  source: {
    type: 'reference',
    kind: 'source',
    meaning: { en: 'id of the lead source', ru: 'id источника сделки' },
    read: (deal) => deal.sourceId ?? null,
  },
  lossReason: {
    type: 'reference',
    kind: 'lossReason',
    meaning: { en: 'loss reason', ru: 'причина отказа' },
    read: (deal) => deal.lossReasonId,
  },
  responsible: {
    type: 'reference',
    kind: 'user',
    meaning: { en: 'responsible user', ru: 'ответственный' },
    read: (deal) => deal.responsibleUserId,
  },
  tags: {
    type: 'tags',
    several: true,
    meaning: { en: 'tags of the deal', ru: 'теги сделки' },
    read: (deal) => deal.tags,
  },
  createdAt: { type: 'instant', meaning: { en: 'creation', ru: 'создание' }, read: (deal) => deal.createdAt },
  closedAt: { type: 'instant', meaning: { en: 'closing', ru: 'закрытие' }, read: (deal) => deal.closedAt },
}

/** UTM marks of a deal: fact name and the code of amoCRM's own tracking field. */
export const UTM_CODES: Readonly<Record<string, string>> = {
  utm_source: 'UTM_SOURCE',
  utm_medium: 'UTM_MEDIUM',
  utm_campaign: 'UTM_CAMPAIGN',
  utm_content: 'UTM_CONTENT',
  utm_term: 'UTM_TERM',
  utm_referrer: 'UTM_REFERRER',
}
