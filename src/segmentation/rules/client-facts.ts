import { isLostDeal, isOpenDeal } from '../deal-state.ts'
import { lifecycleTimeline, standingTimeline, temperatureTimeline, tierTimeline } from '../dimension-timelines.ts'
import type { DealFacts } from '../facts.ts'
import { money } from '../purchases.ts'
import { always, type Timeline } from '../timeline.ts'
import { fixedScores, recencyScore } from '../value-timelines.ts'
import { LIFECYCLE_SEGMENTS, STANDING_SEGMENTS, TEMPERATURE_SEGMENTS } from '../verdict.ts'
import type { FactTraits, FactValue } from './fact-types.ts'
import { isCard, type RuleSubject } from './rule-subject.ts'

/** A fact of a client. */
export interface ClientFact extends FactTraits {
  readonly read: Timeline<RuleSubject, FactValue>
}

type Words = readonly [en: string, ru: string]
type Still = (subject: RuleSubject) => FactValue
type Extra = Omit<FactTraits, 'type' | 'meaning'>

const DAY = 86_400
const FROM_ZERO = { range: [0, Number.POSITIVE_INFINITY] } as const
const SCORE = { range: [1, 5] } as const

const still = (type: FactTraits['type'], [en, ru]: Words, read: Still, extra: Extra = {}): ClientFact => ({
  ...extra,
  type,
  meaning: { en, ru },
  read: always(read),
})

const moving = (
  type: FactTraits['type'],
  [en, ru]: Words,
  read: Timeline<RuleSubject, FactValue>,
  extra: Extra = {},
): ClientFact => ({ ...extra, type, meaning: { en, ru }, read, changes: true })

const occasions = ({ reading }: RuleSubject) => reading.purchases.occasions
const first = (subject: RuleSubject) => occasions(subject)[0]?.at ?? null
const last = (subject: RuleSubject) => occasions(subject).at(-1)?.at ?? null

const medianGapDays = (subject: RuleSubject): number | null => {
  const instants = occasions(subject).map((occasion) => occasion.at)
  const gaps = instants.slice(1).map((at, index) => at - (instants[index] ?? at))
  gaps.sort((one, other) => one - other)
  const middle = gaps.length >> 1
  const high = gaps[middle]
  if (high === undefined) return null
  return (gaps.length % 2 === 1 ? high : ((gaps[middle - 1] ?? high) + high) / 2) / DAY
}

const averageCheck = (subject: RuleSubject): number | null => {
  const count = occasions(subject).length
  return count === 0 ? null : subject.reading.purchases.ltv / count
}

const isOpenWithClient = (deal: DealFacts, { reading }: RuleSubject) => isOpenDeal(deal) && !isCard(deal, reading)

const dealCount = ({ reading }: RuleSubject): number => {
  let count = 0
  for (const deal of reading.deals) if (!isCard(deal, reading)) count += 1
  return count
}

const openCount = (subject: RuleSubject): number => {
  let count = 0
  for (const deal of subject.reading.deals) if (isOpenWithClient(deal, subject)) count += 1
  return count
}

const openSum = (subject: RuleSubject): number => {
  let sum = 0
  for (const deal of subject.reading.deals) if (isOpenWithClient(deal, subject)) sum += deal.price ?? 0
  return money(sum)
}

const lostCount = ({ reading }: RuleSubject) => reading.deals.filter(isLostDeal).length

/** Facts of a client by name. */
export const CLIENT_FACTS: Readonly<Record<string, ClientFact>> = {
  lifecycle: moving(
    'choice',
    ['segment of the dimension lifecycle', 'сегмент жизненного цикла'],
    ({ reading }, moment) => lifecycleTimeline(reading, moment),
    { choices: LIFECYCLE_SEGMENTS },
  ),
  temperature: moving(
    'choice',
    ['segment of the dimension temperature', 'температура'],
    ({ reading }, moment) => temperatureTimeline(reading, moment),
    { choices: TEMPERATURE_SEGMENTS },
  ),
  standing: moving(
    'choice',
    ['segment of the dimension standing; none for buyers', 'состояние; у покупателей нет'],
    ({ reading }, moment) => standingTimeline(reading, moment),
    { choices: STANDING_SEGMENTS },
  ),
  'value.tier': moving('choice', ['label of the value tier', 'название уровня ценности'], ({ reading }, moment) =>
    tierTimeline(reading, moment),
  ),
  'rfm.recency': moving(
    'number',
    ['recency score', 'оценка давности'],
    ({ reading }, moment) => recencyScore(reading, moment),
    SCORE,
  ),
  'rfm.frequency': still(
    'number',
    ['frequency score', 'оценка частоты'],
    ({ reading }) => fixedScores(reading)?.frequency ?? null,
    SCORE,
  ),
  'rfm.monetary': still(
    'number',
    ['monetary score', 'оценка суммы'],
    ({ reading }) => fixedScores(reading)?.monetary ?? null,
    SCORE,
  ),
  'purchases.count': still(
    'number',
    ['purchase occasions', 'число покупок'],
    (subject) => occasions(subject).length,
    FROM_ZERO,
  ),
  'purchases.first': still('instant', ['first purchase', 'первая покупка'], first),
  'purchases.last': still('instant', ['last purchase', 'последняя покупка'], last),
  'purchases.medianGapDays': still(
    'number',
    ['median days between purchases; from two purchases on', 'медиана дней между покупками, от двух покупок'],
    medianGapDays,
    FROM_ZERO,
  ),
  ltv: still('number', ['sum of all purchases', 'сумма всех покупок'], ({ reading }) => reading.purchases.ltv),
  averageCheck: still('number', ['average purchase', 'средний чек'], averageCheck),
  daysSinceLastPurchase: still('elapsed', ['days since the last purchase', 'дней с последней покупки'], last, {
    shownAs: 'purchases.last',
  }),
  daysSinceFirstPurchase: still('elapsed', ['days since the first purchase', 'дней с первой покупки'], first, {
    shownAs: 'purchases.first',
  }),
  'deals.count': still(
    'number',
    ["deals, the client's card aside", 'число сделок без карточки клиента'],
    dealCount,
    FROM_ZERO,
  ),
  'openDeals.count': still(
    'number',
    ["open deals, the client's card aside", 'число открытых сделок без карточки клиента'],
    openCount,
    FROM_ZERO,
  ),
  'openDeals.sum': still('number', ['sum of the open deals', 'сумма открытых сделок'], openSum),
  'lostDeals.count': still('number', ['lost deals', 'число нереализованных сделок'], lostCount, FROM_ZERO),
  tags: still('tags', ['tags of the client', 'теги клиента'], ({ reading }) => reading.client.tags, { several: true }),
  responsible: still(
    'reference',
    ['responsible user', 'ответственный'],
    ({ reading }) => reading.client.responsibleUserId,
    { kind: 'user' },
  ),
  createdAt: still('instant', ['creation', 'создание'], ({ reading }) => reading.client.createdAt),
  kind: still('choice', ['contact or company', 'contact — контакт, company — компания'], (s) => s.reading.client.kind, {
    choices: ['contact', 'company'],
  }),
  hasPhone: still('boolean', ['has a phone number', 'есть телефон'], ({ reading }) => reading.client.hasPhone),
  hasEmail: still('boolean', ['has an e-mail address', 'есть e-mail'], ({ reading }) => reading.client.hasEmail),
  incomingAt: still(
    'instant',
    ['first incoming message or call', 'первое входящее сообщение или звонок'],
    ({ reading }) => reading.client.incomingAt,
  ),
}
