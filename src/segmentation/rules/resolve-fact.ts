import type { AccountFacts, DealFacts, FieldInfo } from '../facts.ts'
import { always, type Timeline } from '../timeline.ts'
import { CLIENT_FACTS } from './client-facts.ts'
import { DEAL_FACTS, UTM_CODES } from './deal-facts.ts'
import type { FactTraits, FactValue } from './fact-types.ts'
import { birthdayFields, daysUntilField, type FieldFactSource, fieldFact, fieldsNamed } from './field-facts.ts'
import { type LocalDays, localDays } from './local-days.ts'
import { nearestTo } from './nearest-to.ts'
import type { RuleSubject } from './rule-subject.ts'

/** A fact found for a rule: what is known of it, and how it is read off a subject. */
export interface ResolvedFact extends FactTraits {
  readonly name: string
  readonly read: Timeline<RuleSubject, FactValue>
  /** Options of a select field. */
  readonly options?: FieldInfo['enums']
  /** A calendar fact that comes again every year: it reads as month and day. */
  readonly recurs?: boolean
  /** Whose tags a `tags` fact reads. */
  readonly owner: 'client' | 'deal'
  /** Ids of the field it is read from, by kind of owner. */
  readonly ids?: FieldFactSource['ids']
  /** Set where the account has nothing this fact could be read from: why it is always absent. */
  readonly absentBecause?: string
}

export type FactResolution =
  | { readonly type: 'fact'; readonly fact: ResolvedFact }
  | { readonly type: 'unknown'; readonly message: string; readonly advice: string }
  /** A field of an account that is not known: nothing can be said of it. */
  | { readonly type: 'unseen' }

export interface ResolutionContext {
  readonly target: 'client' | 'deal'
  /** Null: the account is not known. */
  readonly account: AccountFacts | null
}

type DealOf = (subject: RuleSubject) => DealFacts | null

interface Search extends ResolutionContext {
  /** The name as the rule writes it. */
  readonly name: string
  readonly days: LocalDays
}

const DEAL_PREFIXES: Readonly<Record<string, DealOf>> = {
  'firstDeal.': (subject) => subject.firstDeal,
  'lastDeal.': (subject) => subject.lastDeal,
}
const FIELD = 'field:'
const DAYS_UNTIL = '.daysUntil'
export const BIRTHDAY_FACT = 'birthday.daysUntil'
export const BIRTHDAY_MEANING = {
  en: 'birthday (compared: days until it, 0 on the day)',
  ru: 'день рождения (сравниваются дни до него, 0 — сегодня)',
}

const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

const found = (fact: ResolvedFact): FactResolution => ({ type: 'fact', fact })

const ofClient = (source: FieldFactSource): Timeline<RuleSubject, FactValue> =>
  always(({ reading: { client } }) => {
    const id = source.ids[client.kind]
    return id === undefined ? null : source.read(client.fields, id)
  })

const ofDeal = (source: FieldFactSource, dealOf: DealOf): Timeline<RuleSubject, FactValue> => {
  const id = source.ids.lead
  return always((subject) => {
    const deal = dealOf(subject)
    return deal === null || id === undefined ? null : source.read(deal.fields, id)
  })
}

const field = (ref: string, dealOf: DealOf | null, search: Search): FactResolution => {
  if (search.account === null) return { type: 'unseen' }
  const counts = ref.endsWith(DAYS_UNTIL)
  const key = counts ? ref.slice(0, -DAYS_UNTIL.length) : ref
  const owner = dealOf === null ? 'client' : 'deal'
  const [one, ...rest] = fieldsNamed(key, owner, search.account)
  if (one === undefined) {
    const where = owner === 'deal' ? 'Deals have' : 'Contacts and companies have'
    const message = `${where} no field with the id or code "${key}"`
    return { type: 'unknown', message, advice: 'Check the field in the settings of the account' }
  }
  const source = counts ? daysUntilField([one, ...rest], search.days) : fieldFact([one, ...rest], search.days)
  if (source === null) {
    const message = `The field "${key}" is no date, so it has no "${DAYS_UNTIL}"`
    return { type: 'unknown', message, advice: 'Choose a field of the type date, date_time or birthday' }
  }
  const read = dealOf === null ? ofClient(source) : ofDeal(source, dealOf)
  return found({ ...source, name: search.name, owner, read })
}

const birthday = (search: Search): FactResolution => {
  const [one, ...rest] = search.account === null ? [] : birthdayFields(search.account)
  const meaning = BIRTHDAY_MEANING
  if (one === undefined) {
    const absentBecause = 'the account has no field of the type birthday'
    const read = always(() => null)
    return found({ type: 'calendar', recurs: true, name: search.name, owner: 'client', meaning, read, absentBecause })
  }
  const source = daysUntilField([one, ...rest], search.days)
  if (source === null) return unknown(search)
  return found({ ...source, meaning, name: search.name, owner: 'client', read: ofClient(source) })
}

const utm = (code: string, dealOf: DealOf, search: Search): FactResolution => {
  const [one] = search.account === null ? [] : fieldsNamed(code, 'deal', search.account)
  const known = { type: 'text', name: search.name, owner: 'deal', meaning: { en: code, ru: code } } as const
  if (one === undefined) {
    return found({ ...known, read: always(() => null), absentBecause: `deals have no field with the code ${code}` })
  }
  const source = fieldFact([one], search.days)
  return found({ ...known, ids: source.ids, read: ofDeal(source, dealOf) })
}

const dealFact = (rest: string, dealOf: DealOf, search: Search): FactResolution => {
  const fact = own(DEAL_FACTS, rest)
  if (fact !== undefined) {
    const read = always((subject: RuleSubject) => {
      const deal = dealOf(subject)
      return deal === null ? null : fact.read(deal, subject.reading)
    })
    return found({ ...fact, name: search.name, owner: 'deal', read })
  }
  const code = own(UTM_CODES, rest)
  if (code !== undefined) return utm(code, dealOf, search)
  return rest.startsWith(FIELD) ? field(rest.slice(FIELD.length), dealOf, search) : unknown(search)
}

const clientFact = (rest: string, search: Search): FactResolution => {
  const fact = own(CLIENT_FACTS, rest)
  if (fact !== undefined) return found({ ...fact, name: search.name, owner: 'client' })
  if (rest === BIRTHDAY_FACT) return birthday(search)
  if (rest.startsWith(FIELD)) return field(rest.slice(FIELD.length), null, search)
  for (const [prefix, dealOf] of Object.entries(DEAL_PREFIXES)) {
    if (rest.startsWith(prefix)) return dealFact(rest.slice(prefix.length), dealOf, search)
  }
  return unknown(search)
}

/** Names of all facts a rule with that target may use, fields aside. */
export const factNames = (target: 'client' | 'deal'): readonly string[] => {
  const ofDeals = [...Object.keys(DEAL_FACTS), ...Object.keys(UTM_CODES)]
  const ofClients = [
    ...Object.keys(CLIENT_FACTS),
    BIRTHDAY_FACT,
    ...Object.keys(DEAL_PREFIXES).flatMap((prefix) => ofDeals.map((name) => prefix + name)),
  ]
  return target === 'client' ? ofClients : [...ofDeals, ...ofClients.map((name) => `client.${name}`)]
}

const unknown = ({ name, target }: Search): FactResolution => {
  const names = factNames(target)
  const elsewhere = [`client.${name}`, `lastDeal.${name}`].find((one) => names.includes(one))
  const near = elsewhere ?? nearestTo(name, names)
  const advice = near === null ? 'See the list of facts in docs/policy.md' : `Did you mean "${near}"?`
  return { type: 'unknown', message: `There is no fact "${name}" for a rule about a ${target}`, advice }
}

/** Finds a fact by the name a rule gives it. Deal rules reach their client's facts through `client.`. */
export const resolveFact = (name: string, context: ResolutionContext): FactResolution => {
  const search: Search = { ...context, name, days: localDays(context.account?.timeZone ?? 'UTC') }
  if (context.target === 'client') return clientFact(name, search)
  return name.startsWith('client.')
    ? clientFact(name.slice('client.'.length), search)
    : dealFact(name, (subject) => subject.deal, search)
}
