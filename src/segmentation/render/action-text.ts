import { readClient } from '../client-reading.ts'
import type { CompiledPolicy } from '../compile-policy.ts'
import type { ClientFacts } from '../facts.ts'
import { fillTemplate, type Placeholder } from '../policy/template.ts'
import { textIn } from '../rules/local-text.ts'
import type { Entry } from '../transitions.ts'
import type { Verdict } from '../verdict.ts'
import { renderAnswer } from './render-answer.ts'
import { type Voice, voiceOf } from './voice.ts'

/** What a text of an action may speak of. */
export interface ActionScene {
  readonly client: ClientFacts
  readonly verdict: Verdict
  readonly policy: CompiledPolicy
  readonly entry: Entry
}

const DAY = 86_400

const segmentName = (segment: string | null, { dimension }: Entry, { names }: Voice): string => {
  if (segment === null) return ''
  const known: Readonly<Record<string, string>> = dimension === 'rule' || dimension === 'value' ? {} : names[dimension]
  return known[segment] ?? segment
}

const ruleLabel = ({ policy, entry }: ActionScene): string | null => {
  const rule = policy.policy.rules.find((one) => one.id === entry.ruleId)
  return rule === undefined ? null : textIn(rule.label, policy.policy.language)
}

const reasonText = ({ verdict, entry }: ActionScene, voice: Voice, label: string): string =>
  entry.dimension === 'rule' ? label : (renderAnswer(entry.dimension, verdict, voice) ?? label)

/** The text with its names in braces filled in, in the policy's language. What does not exist becomes a dash. */
export const actionText = (template: string, scene: ActionScene): string => {
  const { client, verdict, policy, entry } = scene
  const voice = voiceOf(policy)
  const buying = readClient(client, policy).buying?.facts ?? null
  const label = ruleLabel(scene) ?? segmentName(entry.to, entry, voice)
  const texts: Readonly<Record<Placeholder, () => string | number | null>> = {
    segment: () => label,
    previous: () => segmentName(entry.from, entry, voice) || null,
    reason: () => reasonText(scene, voice, label),
    purchases: () => buying?.purchases ?? 0,
    ltv: () => voice.money(verdict.value.ltv),
    averageCheck: () => (verdict.value.averageCheck === null ? null : voice.money(verdict.value.averageCheck)),
    lastPurchase: () => (buying === null ? null : voice.date(buying.lastAt)),
    daysSinceLastPurchase: () => (buying === null ? null : Math.max(0, Math.floor((verdict.at - buying.lastAt) / DAY))),
    clientId: () => client.id,
    dealId: () => entry.dealId ?? buying?.lastDealIds.at(-1) ?? null,
  }
  return fillTemplate(template, (name) => String(texts[name]() ?? '—'))
}
