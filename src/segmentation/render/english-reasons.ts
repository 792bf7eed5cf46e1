import type { Seconds } from '../facts.ts'
import type { BuyingFacts, IgnoredDeal } from '../reason.ts'
import type { ReasonPhrases } from './phrases.ts'
import { NBSP, type WordForms } from './plural.ts'
import type { Voice } from './voice.ts'

const PURCHASES: WordForms = { one: 'purchase', other: 'purchases' }
const DEALS: WordForms = { one: 'deal', other: 'deals' }
const DAY = 86_400
const SHOWN_DEALS = 5

const deals = (ids: readonly number[]): string => {
  const rest = ids.length - SHOWN_DEALS
  const shown = ids.slice(0, SHOWN_DEALS).join(', ')
  return `${ids.length === 1 ? 'deal' : 'deals'} no.${NBSP}${shown}${rest > 0 ? ` and ${rest} more` : ''}`
}

const ago = (at: Seconds, now: Seconds, voice: Voice): string => {
  if (at > now) return 'a date still to come'
  const days = Math.floor((now - at) / DAY)
  return days === 0 ? 'less than a day ago' : `${voice.days(days * DAY)} ago`
}

const lastPurchase = (facts: BuyingFacts, now: Seconds, voice: Voice): string =>
  `${voice.date(facts.lastAt)} (${deals(facts.lastDealIds)}, ${voice.money(facts.lastAmount)}), ${ago(facts.lastAt, now, voice)}`

const threshold = (facts: BuyingFacts, voice: Voice): string => {
  const days = `threshold ${voice.days(facts.thresholdSeconds)}`
  switch (facts.thresholdFrom) {
    case 'fixed':
      return days
    case 'own_rhythm':
      return `${days} by the client's own rhythm (usually buys every ${voice.days(facts.medianGapSeconds ?? 0)})`
    case 'account_rhythm':
      return `${days} by the rhythm of all clients`
    case 'too_few_gaps':
      return `${days}: too few purchases yet to tell a rhythm`
  }
}

const IGNORED: Readonly<Record<IgnoredDeal['why'], string>> = {
  status_not_purchase: 'its status is not a purchase status',
  price_below_minimum: 'its price is below the minimum',
  pipeline_not_counted: 'its pipeline is not counted',
  first_stage: 'it never left the first stages',
  junk_reason: 'it was lost for a reason that means junk',
}

export const englishReasons: ReasonPhrases = {
  lifecycle: (reason, now, voice) => {
    if (reason.code === 'lifecycle.never_bought') return 'no purchase yet'
    const { facts } = reason
    const last = lastPurchase(facts, now, voice)
    switch (reason.code) {
      case 'lifecycle.first_purchase':
        return `first purchase ${last}; new for ${voice.days(reason.facts.newForDays * DAY)}`
      case 'lifecycle.sleeping':
        return `last purchase ${last}; ${threshold(facts, voice)}`
      case 'lifecycle.regular': {
        const { minPurchases, windowDays } = reason.facts
        const enough = voice.count(minPurchases, PURCHASES)
        return `at least ${enough} within ${voice.days(windowDays * DAY)} (${facts.purchases} in all), last ${last}; ${threshold(facts, voice)}`
      }
      case 'lifecycle.periodic':
        return `${voice.count(facts.purchases, PURCHASES)}, last ${last}; ${threshold(facts, voice)}`
      case 'lifecycle.one_time':
        return `the only purchase ${last}; ${threshold(facts, voice)}`
    }
  },
  temperature: (reason, now, voice) => {
    switch (reason.code) {
      case 'temperature.buys':
        return `buys, last purchase ${lastPurchase(reason.facts, now, voice)}; ${threshold(reason.facts, voice)}`
      case 'temperature.bought_but_sleeps':
        return `bought but sleeps: last purchase ${lastPurchase(reason.facts, now, voice)}; ${threshold(reason.facts, voice)}`
      case 'temperature.deal_moved': {
        const { dealId, pipelineId, statusId } = reason.facts
        return `${deals([dealId])} went beyond the first stages (now “${voice.status(pipelineId, statusId)}”)`
      }
      case 'temperature.incoming':
        return `wrote or called on ${voice.date(reason.facts.incomingAt)}`
      case 'temperature.no_interest':
        return reason.facts.deals === 0
          ? 'no deals, never wrote or called'
          : `${voice.count(reason.facts.deals, DEALS)} without interest, never wrote or called`
    }
  },
  standing: (reason, voice) => {
    switch (reason.code) {
      case 'standing.open_deal':
        return `open ${deals(reason.facts.dealIds)}`
      case 'standing.junk_reason': {
        const { dealId, lossReasonId, lostAt } = reason.facts
        return `the last lost ${deals([dealId])} was closed on ${voice.date(lostAt)} for the reason “${voice.lossReason(lossReasonId)}”`
      }
      case 'standing.unreachable':
        return 'no phone, no e-mail, never wrote or called'
      case 'standing.lost_deal': {
        const { dealId, lossReasonId, lostAt } = reason.facts
        const why = lossReasonId === null ? 'no reason given' : `reason “${voice.lossReason(lossReasonId)}”`
        return `${deals([dealId])} was lost on ${voice.date(lostAt)}, ${why}`
      }
    }
  },
  value: ({ facts }, { rfm }, voice) => {
    if (facts.purchases === 0) return 'no purchase yet'
    const window = facts.windowDays === null ? 'in all' : `within ${voice.days(facts.windowDays * DAY)}`
    const tier = facts.tierFrom === null ? '' : ` (tier from ${voice.money(facts.tierFrom)})`
    const average = facts.averageCheck === null ? '' : `, average purchase ${voice.money(facts.averageCheck)}`
    const scores = rfm === null ? '' : `; RFM ${rfm.recency}-${rfm.frequency}-${rfm.monetary}`
    return `purchases of ${voice.money(facts.windowSum)} ${window}${tier}${average}${scores}`
  },
  lock: ({ facts }, computed, voice) => {
    const until = facts.until === null ? 'without an end' : `until ${voice.date(facts.until)}`
    const otherwise = computed === null ? '' : `; by the facts: ${computed}`
    return `set by hand ${until} (${facts.author})${otherwise}`
  },
  noTier: 'No tier',
  noTiers: 'Value',
  ignored: ({ dealId, why }) => `Deal no.${NBSP}${dealId} is left out: ${IGNORED[why]}`,
}
