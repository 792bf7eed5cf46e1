import type { ClientReading } from '../client-reading.ts'
import type { Seconds } from '../facts.ts'
import { type Moment, momentAt, NEVER, nextChange } from '../timeline.ts'
import type { RuleMatch } from '../verdict.ts'
import type { CompiledRule, CompiledRules } from './compile-rules.ts'
import { type RuleSubject, ruleSubject } from './rule-subject.ts'
import type { ShownFacts } from './shown-fact.ts'

export interface RulesAnswer {
  /** Sorted by rule id, then deal id. */
  readonly matches: readonly RuleMatch[]
  /** First instant after now at which another set of rules holds, looked for before the limit given; null: none. */
  readonly nextChangeAt: Seconds | null
}

const NONE: readonly never[] = []

const matchOf = (rule: CompiledRule, subject: RuleSubject, moment: Moment): RuleMatch => {
  const facts: ShownFacts = {}
  rule.condition.explain(subject, moment, facts)
  return { ruleId: rule.id, dealId: subject.deal?.id ?? null, reason: { code: 'rule', facts, ignored: NONE } }
}

const NOTHING: RulesAnswer = { matches: [], nextChangeAt: null }

/** Every rule about one client, asked in turn; the first change found narrows the search for the others. */
class Evaluation {
  readonly matches: RuleMatch[] = []
  readonly #now: Seconds
  readonly #moment: Moment
  #before: number

  constructor(now: Seconds, before: number) {
    this.#now = now
    this.#moment = momentAt(now)
    this.#before = before
  }

  ask(rule: CompiledRule, subject: RuleSubject): void {
    const { holds, changes } = rule.condition
    const matches = holds(subject, this.#moment)
    const { until } = this.#moment
    if (matches) this.matches.push(matchOf(rule, subject, this.#moment))
    if (!changes || until >= this.#before) return
    const change = nextChange(holds, subject, this.#now, this.#before)
    if (change !== null && change < this.#before) this.#before = change
  }

  nextChangeBefore(limit: number): Seconds | null {
    return this.#before < limit ? this.#before : null
  }
}

/**
 * Which rules hold for a client and for each of his deals, and when that changes by itself. Changes from `before` on are
 * not looked for: who knows of an earlier change already saves the search.
 */
export const evaluateRules = (
  { rules }: CompiledRules,
  reading: ClientReading,
  now: Seconds,
  before: number = NEVER,
): RulesAnswer => {
  if (rules.length === 0) return NOTHING
  const subject = ruleSubject(reading)
  const evaluation = new Evaluation(now, before)
  for (const rule of rules) {
    if (rule.target === 'client') {
      subject.deal = null
      evaluation.ask(rule, subject)
      continue
    }
    for (const deal of reading.deals) {
      subject.deal = deal
      evaluation.ask(rule, subject)
    }
  }
  return { matches: evaluation.matches, nextChangeAt: evaluation.nextChangeBefore(before) }
}
