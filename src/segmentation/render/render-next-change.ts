import { decide } from '../decide.ts'
import type { ClientFacts, Lock } from '../facts.ts'
import { LABELS } from '../labels.ts'
import { textIn } from '../rules/local-text.ts'
import type { RuleMatch, Verdict } from '../verdict.ts'
import { type Change, PHRASES } from './phrases.ts'
import type { Voice } from './voice.ts'

/** A change, and the lock that stood there before. Silence alone brings changes of buyers that are no rule's. */
interface Told {
  readonly change: Change
  readonly lock: Lock | undefined
  readonly bySilence: boolean
}

type Named = 'lifecycle' | 'temperature' | 'standing'

const nameIn = (names: Readonly<Record<string, string>>, segment: string): string => names[segment] ?? segment

const segmentChange = (dimension: Named, before: Verdict, after: Verdict, voice: Voice): Told[] => {
  const [was, is] = [before[dimension], after[dimension]]
  if (was?.segment === is?.segment) return []
  const names = voice.names[dimension]
  const told = { lock: was?.lock, bySilence: true }
  if (is === null) return [{ ...told, change: { type: 'no_segment', name: nameIn(names, was?.segment ?? '') } }]
  const name = nameIn(names, is.segment)
  const isLabel = name === nameIn(LABELS[voice.language][dimension], is.segment)
  return [{ ...told, change: { type: 'segment', segment: is.segment, name, isLabel } }]
}

const valueChanges = ({ value: was }: Verdict, { value: is }: Verdict): Told[] => {
  const told: Told[] = []
  if (was.tier !== is.tier) {
    told.push({ change: { type: 'tier', from: was.tier, to: is.tier }, lock: was.lock, bySilence: true })
  }
  if (is.rfm !== null && was.rfm?.recency !== is.rfm.recency) {
    told.push({ change: { type: 'recency', score: is.rfm.recency }, lock: undefined, bySilence: true })
  }
  return told
}

const keyOf = ({ ruleId, dealId }: RuleMatch) => `${ruleId}#${dealId}`

const ruleChanges = (before: Verdict, after: Verdict, { policy, language }: Voice): Told[] => {
  const labelOf = (id: string) => {
    const rule = policy.policy.rules.find((one) => one.id === id)
    return rule === undefined ? id : textIn(rule.label, language)
  }
  const missingFrom = (one: Verdict, other: Verdict) => {
    const keys = new Set(other.rules.map(keyOf))
    return one.rules.filter((match) => !keys.has(keyOf(match)))
  }
  const tell = (match: RuleMatch, begins: boolean): Told => ({
    change: { type: 'rule', label: labelOf(match.ruleId), begins, dealId: match.dealId },
    lock: undefined,
    bySilence: false,
  })
  return [
    ...missingFrom(after, before).map((match) => tell(match, true)),
    ...missingFrom(before, after).map((match) => tell(match, false)),
  ]
}

/**
 * What will change by itself at the verdict's `nextChangeAt`, one sentence for each part, e.g. `Станет спящим 12.11.2026,
 * если не купит`. Empty: nothing ever will. The client is decided again at that instant.
 */
export const renderNextChange = (client: ClientFacts, verdict: Verdict, voice: Voice): string[] => {
  const at = verdict.nextChangeAt
  if (at === null) return []
  const after = decide(client, voice.policy, at)
  const phrases = PHRASES[voice.language]
  const told = [
    ...segmentChange('lifecycle', verdict, after, voice),
    ...segmentChange('temperature', verdict, after, voice),
    ...segmentChange('standing', verdict, after, voice),
    ...valueChanges(verdict, after),
    ...ruleChanges(verdict, after, voice),
  ]
  return told.map(({ change, lock, bySilence }) => {
    const sentence = phrases.change(change, voice.date(at))
    if (lock?.until === at) return phrases.afterLock(sentence)
    return bySilence ? phrases.unlessHeBuys(sentence) : sentence
  })
}
