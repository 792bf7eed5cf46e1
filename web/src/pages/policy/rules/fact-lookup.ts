import type { Fact } from '../policy-types.ts'

export type RuleTarget = 'client' | 'deal'

/** How a rule about something reaches a fact: its own, its client's, or its first or last deal's. */
export const PREFIXES = {
  client: ['', 'firstDeal.', 'lastDeal.'],
  deal: ['', 'client.'],
} as const satisfies Readonly<Record<RuleTarget, readonly string[]>>

export type Prefix = (typeof PREFIXES)[RuleTarget][number]

/** A fact as a rule may ask about it. */
export interface ReachedFact {
  /** As the rule writes it. */
  readonly name: string
  readonly prefix: Prefix
  readonly fact: Fact
}

/** Whose facts stand behind a prefix in a rule about `target`. */
const ownerBehind = (prefix: Prefix, target: RuleTarget): Fact['of'] => {
  if (prefix === 'client.') return 'client'
  return prefix === '' ? target : 'deal'
}

/** Every fact a rule can ask about, in the order of its groups. */
export const factsFor = (target: RuleTarget, facts: readonly Fact[]): readonly ReachedFact[] =>
  PREFIXES[target].flatMap((prefix) =>
    facts
      .filter(({ of }) => of === ownerBehind(prefix, target))
      .map((fact) => ({ name: `${prefix}${fact.name}`, prefix, fact })),
  )

const FIELD = /^field:(.+?)(\.daysUntil)?$/

/** The same fact by the code of its field in place of the id. */
const isSameField = (name: string, { field, name: known }: Fact): boolean => {
  const match = FIELD.exec(name)
  if (!match || !field?.code) return false
  return (
    field.code.toLowerCase() === match[1]?.toLowerCase() && known.endsWith('.daysUntil') === (match[2] !== undefined)
  )
}

/** The fact a rule names; null: the account has none of this name. */
export const findFact = (name: string, target: RuleTarget, facts: readonly Fact[]): ReachedFact | null => {
  const reached = factsFor(target, facts)
  return (
    reached.find((one) => one.name === name) ??
    reached.find(({ prefix, fact }) => name.startsWith(prefix) && isSameField(name.slice(prefix.length), fact)) ??
    null
  )
}
