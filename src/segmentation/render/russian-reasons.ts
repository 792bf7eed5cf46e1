import type { Seconds } from '../facts.ts'
import type { BuyingFacts, IgnoredDeal } from '../reason.ts'
import type { ReasonPhrases } from './phrases.ts'
import { NBSP, type WordForms } from './plural.ts'
import type { Voice } from './voice.ts'

const PURCHASES: WordForms = { one: 'покупка', few: 'покупки', many: 'покупок', other: 'покупки' }
const OF_PURCHASES: WordForms = { one: 'покупки', few: 'покупок', many: 'покупок', other: 'покупки' }
const DEALS: WordForms = { one: 'сделка', few: 'сделки', many: 'сделок', other: 'сделки' }
const DAY = 86_400
const SHOWN_DEALS = 5

const dealNumbers = (ids: readonly number[]): string => {
  const shown = ids.slice(0, SHOWN_DEALS).join(', ')
  const rest = ids.length - SHOWN_DEALS
  return `№${NBSP}${shown}${rest > 0 ? ` и${NBSP}ещё${NBSP}${rest}` : ''}`
}

const deals = (ids: readonly number[]): string => `${ids.length === 1 ? 'сделка' : 'сделки'} ${dealNumbers(ids)}`

const ago = (at: Seconds, now: Seconds, voice: Voice): string => {
  if (at > now) return 'эта дата ещё не наступила'
  const days = Math.floor((now - at) / DAY)
  return days === 0 ? 'меньше суток назад' : `${voice.days(days * DAY)} назад`
}

const lastPurchase = (facts: BuyingFacts, now: Seconds, voice: Voice): string =>
  `${voice.date(facts.lastAt)} (${deals(facts.lastDealIds)}, ${voice.money(facts.lastAmount)}), ${ago(facts.lastAt, now, voice)}`

const threshold = (facts: BuyingFacts, voice: Voice): string => {
  const days = `порог ${voice.days(facts.thresholdSeconds)}`
  switch (facts.thresholdFrom) {
    case 'fixed':
      return days
    case 'own_rhythm':
      return `${days} по собственному ритму (обычно покупает раз в ${voice.days(facts.medianGapSeconds ?? 0)})`
    case 'account_rhythm':
      return `${days} по ритму всех клиентов`
    case 'too_few_gaps':
      return `${days}: для ритма пока мало покупок`
  }
}

const IGNORED: Readonly<Record<IgnoredDeal['why'], string>> = {
  status_not_purchase: 'её статус не означает покупку',
  price_below_minimum: 'её бюджет меньше минимального',
  pipeline_not_counted: 'её воронка не учитывается',
  first_stage: 'она не продвинулась дальше первых этапов',
  junk_reason: 'она закрыта с причиной, которая означает некачественное обращение',
}

export const russianReasons: ReasonPhrases = {
  lifecycle: (reason, now, voice) => {
    if (reason.code === 'lifecycle.never_bought') return 'покупок ещё не было'
    const { facts } = reason
    const last = lastPurchase(facts, now, voice)
    const count = voice.count(facts.purchases, PURCHASES)
    switch (reason.code) {
      case 'lifecycle.first_purchase':
        return `первая покупка ${last}; новым остаётся ${voice.days(reason.facts.newForDays * DAY)}`
      case 'lifecycle.sleeping':
        return `последняя покупка ${last}; ${threshold(facts, voice)}`
      case 'lifecycle.regular': {
        const { minPurchases, windowDays } = reason.facts
        const enough = voice.count(minPurchases, OF_PURCHASES)
        return `не меньше ${enough} за ${voice.days(windowDays * DAY)} (всего ${facts.purchases}), последняя ${last}; ${threshold(facts, voice)}`
      }
      case 'lifecycle.periodic':
        return `${count}, последняя ${last}; ${threshold(facts, voice)}`
      case 'lifecycle.one_time':
        return `единственная покупка ${last}; ${threshold(facts, voice)}`
    }
  },
  temperature: (reason, now, voice) => {
    switch (reason.code) {
      case 'temperature.buys':
        return `покупает, последняя покупка ${lastPurchase(reason.facts, now, voice)}; ${threshold(reason.facts, voice)}`
      case 'temperature.bought_but_sleeps':
        return `покупал, но спит: последняя покупка ${lastPurchase(reason.facts, now, voice)}; ${threshold(reason.facts, voice)}`
      case 'temperature.deal_moved': {
        const { dealId, pipelineId, statusId } = reason.facts
        return `${deals([dealId])} продвинулась дальше первых этапов (сейчас «${voice.status(pipelineId, statusId)}»)`
      }
      case 'temperature.incoming':
        return `есть входящее обращение от ${voice.date(reason.facts.incomingAt)}`
      case 'temperature.no_interest':
        return reason.facts.deals === 0
          ? 'нет ни сделок, ни входящих обращений'
          : `${voice.count(reason.facts.deals, DEALS)} без интереса, входящих обращений нет`
    }
  },
  standing: (reason, voice) => {
    switch (reason.code) {
      case 'standing.open_deal':
        return `${reason.facts.dealIds.length === 1 ? 'открыта' : 'открыты'} ${deals(reason.facts.dealIds)}`
      case 'standing.junk_reason': {
        const { dealId, lossReasonId, lostAt } = reason.facts
        return `последняя потерянная ${deals([dealId])} закрыта ${voice.date(lostAt)} с причиной «${voice.lossReason(lossReasonId)}»`
      }
      case 'standing.unreachable':
        return 'нет ни телефона, ни почты, ни входящих обращений'
      case 'standing.lost_deal': {
        const { dealId, lossReasonId, lostAt } = reason.facts
        const why = lossReasonId === null ? 'причина не указана' : `причина «${voice.lossReason(lossReasonId)}»`
        return `${deals([dealId])} потеряна ${voice.date(lostAt)}, ${why}`
      }
    }
  },
  value: ({ facts }, { rfm }, voice) => {
    if (facts.purchases === 0) return 'покупок ещё не было'
    const window = facts.windowDays === null ? 'за всё время' : `за ${voice.days(facts.windowDays * DAY)}`
    const tier = facts.tierFrom === null ? '' : ` (уровень от ${voice.money(facts.tierFrom)})`
    const average = facts.averageCheck === null ? '' : `, средний чек ${voice.money(facts.averageCheck)}`
    const scores = rfm === null ? '' : `; RFM ${rfm.recency}-${rfm.frequency}-${rfm.monetary}`
    return `покупок на ${voice.money(facts.windowSum)} ${window}${tier}${average}${scores}`
  },
  lock: ({ facts }, computed, voice) => {
    const until = facts.until === null ? 'бессрочно' : `до ${voice.date(facts.until)}`
    const otherwise = computed === null ? '' : `; по данным — ${computed}`
    return `закреплено вручную ${until} (${facts.author})${otherwise}`
  },
  noTier: 'Без уровня',
  noTiers: 'Ценность',
  ignored: ({ dealId, why }) => `Сделка №${NBSP}${dealId} не учтена: ${IGNORED[why]}`,
}
