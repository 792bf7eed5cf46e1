import { any, recurring, type Timeline, withinSpan } from '../timeline.ts'
import type { FactValue } from './fact-types.ts'
import type { LocalDays } from './local-days.ts'
import { folded, type Operand, type Span } from './operand.ts'
import type { ResolvedFact } from './resolve-fact.ts'
import type { RuleSubject } from './rule-subject.ts'

type Holds = Timeline<RuleSubject, boolean>
type ValueTest = (value: FactValue) => boolean

const isIn = ({ from, to }: Span, value: number): boolean => value >= from && value < to

const isPresent: ValueTest = (value) => value !== null && !(Array.isArray(value) && value.length === 0)

const someValue =
  (test: (value: string | number | boolean) => boolean): ValueTest =>
  (value) => {
    if (value === null) return false
    return typeof value === 'object' ? value.some(test) : test(value)
  }

/** Looks a value up as it is before it takes the trouble of folding it. */
const isMember = (members: ReadonlySet<string | number | boolean>): ValueTest => {
  if (members.size === 0) return () => false
  return someValue((value) => members.has(value) || (typeof value === 'string' && members.has(folded(value))))
}

/** Text fields may hold numbers: they are compared as they are written. */
const isTextMember = (members: ReadonlySet<string | number | boolean>): ValueTest =>
  someValue((value) => members.has(value) || members.has(folded(String(value))))

const holdsPart = (part: string): ValueTest => someValue((value) => String(value).toLowerCase().includes(part))

const valueTest = (fact: ResolvedFact, operand: Operand): ValueTest => {
  switch (operand.type) {
    case 'present':
      return isPresent
    case 'one_of':
      return fact.type === 'text' ? isTextMember(operand.members) : isMember(operand.members)
    case 'part':
      return holdsPart(operand.text)
    case 'value_in': {
      const { spans } = operand
      return someValue((value) => typeof value === 'number' && spans.some((span) => isIn(span, value)))
    }
    case 'age_in':
      return () => false
  }
}

/** The comparison of a value that stands still, or that says itself until when it stands. */
const ofValue = ({ read, whenAbsent }: ResolvedFact, test: ValueTest, presence: boolean): Holds => {
  if (whenAbsent === undefined || presence) return (subject, moment) => test(read(subject, moment))
  return (subject, moment) => test(read(subject, moment) ?? whenAbsent)
}

const ofAge =
  ({ read }: ResolvedFact, { from, to }: Span): Holds =>
  (subject, moment) => {
    const since = read(subject, moment)
    return typeof since === 'number' && withinSpan(since + from, since + to, moment)
  }

/** The day numbers today may have for a countdown to `day` to lie in the span. */
const todaySpan = (day: number, { from, to }: Span): Span => ({
  from: day - Math.ceil(to) + 1,
  to: day - Math.ceil(from) + 1,
})

const startOrEver = (days: LocalDays, day: number): number => (Number.isFinite(day) ? days.startOf(day) : day)

/** Days until a date that comes once: in the span from one local midnight to another. */
const ofCountdown =
  ({ read }: ResolvedFact, span: Span, days: LocalDays): Holds =>
  (subject, moment) => {
    const day = read(subject, moment)
    if (typeof day !== 'number') return false
    const today = todaySpan(day, span)
    return withinSpan(startOrEver(days, today.from), startOrEver(days, today.to), moment)
  }

/** The next of the two edges of the span before the anniversary, else the day after it. */
const ofAnniversary =
  ({ read }: ResolvedFact, span: Span, days: LocalDays): Holds =>
  (subject, moment) => {
    const monthDay = read(subject, moment)
    if (typeof monthDay !== 'number') return false
    const today = days.dayOf(moment.at)
    const anniversary = days.nextAnniversary(monthDay, today)
    const { from, to } = todaySpan(anniversary, span)
    const inside = today >= from && today < to
    const edge = inside ? to : from
    recurring(days.startOf(edge > today && edge <= anniversary ? edge : anniversary + 1), moment)
    return inside
  }

const ofCalendar = (fact: ResolvedFact, spans: readonly Span[], days: LocalDays): Holds => {
  const one = fact.recurs === true ? ofAnniversary : ofCountdown
  return any(spans.map((span) => one(fact, span, days)))
}

/** A comparison as a function of time. */
export const compileOperand = (fact: ResolvedFact, operand: Operand, days: LocalDays): Holds => {
  if (operand.type === 'age_in') return ofAge(fact, operand.span)
  if (operand.type === 'value_in' && fact.type === 'calendar') return ofCalendar(fact, operand.spans, days)
  return ofValue(fact, valueTest(fact, operand), operand.type === 'present')
}

/** Whether the passing of time alone can change the comparison. */
export const changesInTime = (fact: ResolvedFact, operand: Operand): boolean =>
  fact.changes === true || operand.type === 'age_in' || (fact.type === 'calendar' && operand.type === 'value_in')
