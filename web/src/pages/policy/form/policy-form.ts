import type { Policy, Rule } from '../policy-types.ts'
import { type Draft, fromDraft, toDraft } from '../rules/draft.ts'

/** A rule while it is edited. */
export type RuleForm = Omit<Rule, 'when'> & { when: Draft }

/** What the form holds: the policy itself, its conditions as drafts. */
export type PolicyForm = Omit<Policy, 'rules'> & { rules: RuleForm[] }

/** The policy as the form edits it. */
export const toForm = ({ rules, ...policy }: Policy): PolicyForm => ({
  ...policy,
  rules: rules.map((rule) => ({ ...rule, when: toDraft(rule.when) })),
})

/** The policy the form stands for: what was emptied is left out, everything else is as it was. */
export const fromForm = ({ rules, targets, card, ...form }: PolicyForm): Policy => ({
  ...form,
  targets: {
    lifecycle: { ...targets.lifecycle, names: filled(targets.lifecycle.names) },
    temperature: { ...targets.temperature, names: filled(targets.temperature.names) },
    standing: { ...targets.standing, names: filled(targets.standing.names) },
    value: targets.value,
  },
  card: card && { ...card, statuses: filled(card.statuses) },
  rules: rules.map(({ tag, ...rule }) => ({
    ...rule,
    ...(tag === undefined || tag === '' ? {} : { tag }),
    when: fromDraft(rule.when),
  })),
})

/** Without the entries that are absent or emptied. */
const filled = <Entries extends object>(entries: Entries): Entries =>
  Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== '' && value !== null),
  ) as Entries
