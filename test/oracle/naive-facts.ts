import type { AccountFacts, DealFacts, FieldFacts, FieldInfo } from '../../src/segmentation/facts.ts'
import { gapsOf, isCard, isLost, isOpen, medianOf, type NaiveDimensions, type NaiveView } from './naive-dimensions.ts'
import { dateOfField, dayOfNumber, localDay, localMidnight, numberOfDay } from './naive-local-day.ts'
import { sumOfMoney } from './naive-purchases.ts'

type Scalar = string | number | boolean

/** A thing with an id and, mostly, a name. */
export interface Named {
  readonly id: number
  readonly name: string
}

/** What a rule's fact is at one instant; null or an empty list: there is none. */
export type NaiveFact =
  | { readonly type: 'number'; readonly value: number | null; readonly absent?: number }
  /** Days that flow since an instant. */
  | { readonly type: 'age'; readonly since: number | null }
  | { readonly type: 'instant'; readonly value: number | null }
  | { readonly type: 'text'; readonly values: readonly Scalar[] }
  | { readonly type: 'word'; readonly value: string | null }
  | { readonly type: 'tags'; readonly values: readonly string[] }
  /** One or several of the account's own things, by id; `texts` stand for things without ids. */
  | {
      readonly type: 'thing'
      readonly ids: readonly number[]
      readonly texts?: readonly Scalar[]
      readonly among: readonly Named[]
    }
  | { readonly type: 'truth'; readonly value: boolean | null; readonly absent?: boolean }
  | { readonly type: 'presence'; readonly values: readonly Scalar[] }

/** A client at an instant, the answers of the dimensions, and the deal a rule about deals asks about. */
export interface NaiveSubject {
  readonly view: NaiveView
  readonly dimensions: NaiveDimensions
  readonly deal: DealFacts | null
}

const DAY = 86_400
const UTM = /^utm_(source|medium|campaign|content|term|referrer)$/

const numberFact = (value: number | null): NaiveFact => ({ type: 'number', value })
const instantFact = (value: number | null): NaiveFact => ({ type: 'instant', value })
const wordFact = (value: string | null): NaiveFact => ({ type: 'word', value })
const thing = (id: number | null | undefined, among: readonly Named[]): NaiveFact => ({
  type: 'thing',
  ids: id === null || id === undefined ? [] : [id],
  among,
})

const statusesOf = ({ pipelines }: AccountFacts): Named[] => [
  ...pipelines.flatMap((pipeline) => pipeline.statuses),
  { id: 142, name: '' },
  { id: 143, name: '' },
]

const numeric = (value: Scalar | undefined): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

const fieldOf = (ref: string, entity: FieldInfo['entity'], { fields }: AccountFacts): FieldInfo | undefined =>
  fields.find(
    (one) => one.entity === entity && (String(one.id) === ref || one.code?.toLowerCase() === ref.toLowerCase()),
  )

/** The day of a year on which a date comes again; 29 February comes on the 28th where there is none. */
export const anniversary = (date: string, year: number): string =>
  date.endsWith('02-29') ? dayOfNumber(numberOfDay(`${year}-03-01`) - 1) : `${year}${date.slice(4)}`

const daysUntil = (field: FieldInfo, value: number, { account: { timeZone }, at }: NaiveView): number => {
  const today = localDay(timeZone, at)
  const date = field.type === 'date_time' ? localDay(timeZone, value) : dateOfField(timeZone, value)
  if (field.type !== 'birthday') return numberOfDay(date) - numberOfDay(today)
  const year = Number(today.slice(0, 4))
  const days = [year, year + 1].map((one) => numberOfDay(anniversary(date, one)) - numberOfDay(today))
  return Math.min(...days.filter((count) => count >= 0))
}

/** The type decides how a field is read even where this client has no such field. */
const fieldFact = (field: FieldInfo, fields: FieldFacts, view: NaiveView): NaiveFact => {
  const fact = fields[field.id]
  const values = fact?.values ?? []
  const first = values[0]
  const number = numeric(first)
  switch (field.type) {
    case 'numeric':
    case 'monetary':
    case 'price':
      return numberFact(number)
    case 'select':
    case 'multiselect':
    case 'radiobutton': {
      const among = field.enums.map(({ id, value }) => ({ id, name: value }))
      return fact?.enumIds
        ? { type: 'thing', ids: fact.enumIds, among }
        : { type: 'thing', ids: [], texts: values, among }
    }
    case 'date_time':
      return instantFact(number === null ? null : Math.floor(number))
    case 'date':
    case 'birthday': {
      const { timeZone } = view.account
      return instantFact(number === null ? null : localMidnight(timeZone, dateOfField(timeZone, Math.floor(number))))
    }
    case 'checkbox':
      return { type: 'truth', value: first === undefined ? null : first === true, absent: false }
    case 'file':
      return { type: 'presence', values }
    default:
      return { type: 'text', values }
  }
}

const anyField = (rest: string, owner: 'client' | 'deal', deal: DealFacts | null, subject: NaiveSubject): NaiveFact => {
  const { view } = subject
  const counts = rest.endsWith('.daysUntil')
  const ref = counts ? rest.slice(0, -'.daysUntil'.length) : rest
  const entity = owner === 'deal' ? 'lead' : view.client.kind
  const own = fieldOf(ref, entity, view.account)
  const other = fieldOf(ref, entity === 'contact' ? 'company' : 'contact', view.account)
  const field = own ?? (owner === 'client' ? other : undefined)
  if (field === undefined) throw new Error(`No field ${ref}`)
  const fields = own === undefined ? {} : owner === 'deal' ? (deal?.fields ?? {}) : view.client.fields
  if (!counts) return fieldFact(field, fields, view)
  const value = numeric(fields[field.id]?.values[0])
  return numberFact(value === null ? null : daysUntil(field, Math.floor(value), view))
}

const dealFact = (name: string, deal: DealFacts | null, subject: NaiveSubject): NaiveFact => {
  const { account } = subject.view
  if (name.startsWith('field:')) return anyField(name.slice('field:'.length), 'deal', deal, subject)
  if (UTM.test(name)) {
    const field = fieldOf(name, 'lead', account)
    return { type: 'text', values: (field && deal?.fields[field.id]?.values) ?? [] }
  }
  switch (name) {
    case 'pipeline':
      return thing(deal?.pipelineId, account.pipelines)
    case 'status':
      return thing(deal?.statusId, statusesOf(account))
    case 'state':
      return wordFact(deal && (isOpen(deal) ? 'open' : isLost(deal) ? 'lost' : 'won'))
    case 'isCard':
      return { type: 'truth', value: deal && isCard(deal, subject.view) }
    case 'daysInStatus':
      return { type: 'age', since: deal?.statusSince ?? null }
    case 'price':
      return { type: 'number', value: deal?.price ?? null, absent: 0 }
    case 'source':
      return thing(deal?.sourceId, [])
    case 'lossReason':
      return thing(deal?.lossReasonId, account.lossReasons)
    case 'responsible':
      return thing(deal?.responsibleUserId, account.users)
    case 'tags':
      return { type: 'tags', values: deal?.tags ?? [] }
    case 'statusSince':
      return instantFact(deal?.statusSince ?? null)
    case 'createdAt':
      return instantFact(deal?.createdAt ?? null)
    case 'closedAt':
      return instantFact(deal?.closedAt ?? null)
    default:
      throw new Error(`No fact of a deal: ${name}`)
  }
}

/** The deals with the client: all but his card. */
const dealsWith = ({ view }: NaiveSubject) => view.client.deals.filter((deal) => !isCard(deal, view))

const byCreation = (subject: NaiveSubject) =>
  dealsWith(subject).toSorted((one, other) => one.createdAt - other.createdAt || one.id - other.id)

const firstAt = ({ view }: NaiveSubject) => view.occasions[0]?.at ?? null
const lastAt = ({ view }: NaiveSubject) => view.occasions.at(-1)?.at ?? null
const openDeals = (subject: NaiveSubject) => dealsWith(subject).filter(isOpen)

const medianDays = ({ view }: NaiveSubject): number | null => {
  const median = medianOf(gapsOf(view.occasions))
  return median === null ? null : median / DAY
}

const birthday = (subject: NaiveSubject): NaiveFact => {
  const { account, client } = subject.view
  const field = account.fields.find((one) => one.entity === client.kind && one.type === 'birthday')
  return field === undefined ? numberFact(null) : anyField(`${field.id}.daysUntil`, 'client', null, subject)
}

const CLIENT_FACTS: Readonly<Record<string, (subject: NaiveSubject) => NaiveFact>> = {
  lifecycle: ({ dimensions }) => wordFact(dimensions.lifecycle),
  temperature: ({ dimensions }) => wordFact(dimensions.temperature),
  standing: ({ dimensions }) => wordFact(dimensions.standing),
  'value.tier': ({ dimensions }) => wordFact(dimensions.tier),
  'rfm.recency': ({ dimensions }) => numberFact(dimensions.rfm?.recency ?? null),
  'rfm.frequency': ({ dimensions }) => numberFact(dimensions.rfm?.frequency ?? null),
  'rfm.monetary': ({ dimensions }) => numberFact(dimensions.rfm?.monetary ?? null),
  'purchases.count': ({ view }) => numberFact(view.occasions.length),
  'purchases.first': (subject) => instantFact(firstAt(subject)),
  'purchases.last': (subject) => instantFact(lastAt(subject)),
  'purchases.medianGapDays': (subject) => numberFact(medianDays(subject)),
  ltv: ({ dimensions }) => numberFact(dimensions.ltv),
  averageCheck: ({ dimensions }) => numberFact(dimensions.averageCheck),
  daysSinceLastPurchase: (subject) => ({ type: 'age', since: lastAt(subject) }),
  daysSinceFirstPurchase: (subject) => ({ type: 'age', since: firstAt(subject) }),
  'deals.count': (subject) => numberFact(dealsWith(subject).length),
  'openDeals.count': (subject) => numberFact(openDeals(subject).length),
  'openDeals.sum': (subject) => numberFact(sumOfMoney(openDeals(subject).map((deal) => deal.price ?? 0))),
  'lostDeals.count': ({ view }) => numberFact(view.client.deals.filter(isLost).length),
  tags: ({ view }) => ({ type: 'tags', values: view.client.tags }),
  responsible: ({ view }) => thing(view.client.responsibleUserId, view.account.users),
  createdAt: ({ view }) => instantFact(view.client.createdAt),
  kind: ({ view }) => wordFact(view.client.kind),
  hasPhone: ({ view }) => ({ type: 'truth', value: view.client.hasPhone }),
  hasEmail: ({ view }) => ({ type: 'truth', value: view.client.hasEmail }),
  incomingAt: ({ view }) => instantFact(view.client.incomingAt),
  'birthday.daysUntil': birthday,
}

const clientFact = (name: string, subject: NaiveSubject): NaiveFact => {
  if (name.startsWith('firstDeal.')) return dealFact(name.slice(10), byCreation(subject)[0] ?? null, subject)
  if (name.startsWith('lastDeal.')) return dealFact(name.slice(9), byCreation(subject).at(-1) ?? null, subject)
  if (name.startsWith('field:')) return anyField(name.slice('field:'.length), 'client', null, subject)
  const read = CLIENT_FACTS[name]
  if (read === undefined) throw new Error(`No fact of a client: ${name}`)
  return read(subject)
}

/** What the fact of that name is for the subject at its instant. */
export const naiveFact = (name: string, target: 'client' | 'deal', subject: NaiveSubject): NaiveFact => {
  if (target === 'client') return clientFact(name, subject)
  return name.startsWith('client.')
    ? clientFact(name.slice('client.'.length), subject)
    : dealFact(name, subject.deal, subject)
}
