import type { CompiledPolicy } from './compile-policy.ts'
import type { AccountFacts, ClientKind, FieldInfo } from './facts.ts'
import { fieldIdOf } from './policy/field-id-of.ts'
import type { Condition } from './rules/condition-schema.ts'
import { UTM_CODES } from './rules/deal-facts.ts'
import { resolveFact } from './rules/resolve-fact.ts'
import type { Rule } from './rules/rule-schema.ts'

/** Ids of the custom fields that decisions and writes look at, by rising id: all the mirror has to keep. */
export interface PolicyNeeds {
  readonly leadFields: readonly number[]
  readonly contactFields: readonly number[]
  readonly companyFields: readonly number[]
}

type Need = readonly [entity: FieldInfo['entity'], id: number]

const ENTITIES = ['lead', 'contact', 'company'] as const satisfies readonly FieldInfo['entity'][]

const factsIn = (condition: Condition): string[] => {
  if ('all' in condition) return condition.all.flatMap(factsIn)
  if ('any' in condition) return condition.any.flatMap(factsIn)
  return 'not' in condition ? factsIn(condition.not) : [condition.fact]
}

const utmNeed = (fact: string, account: AccountFacts): Need[] => {
  const name = fact.slice(fact.lastIndexOf('.') + 1)
  const id = Object.hasOwn(UTM_CODES, name) ? fieldIdOf(UTM_CODES[name] ?? name, 'lead', account) : null
  return id === null ? [] : [['lead', id]]
}

const ruleNeeds = ({ target, when }: Rule, account: AccountFacts): Need[] =>
  factsIn(when).flatMap((name): Need[] => {
    const resolution = resolveFact(name, { target, account })
    const ids = resolution.type === 'fact' ? (resolution.fact.ids ?? {}) : {}
    const read = ENTITIES.flatMap((entity): Need[] => {
      const id = ids[entity]
      return id === undefined ? [] : [[entity, Number(id)]]
    })
    return [...read, ...utmNeed(name, account)]
  })

const shownOn = (kind: ClientKind, { targetFields }: CompiledPolicy): Need[] =>
  Object.values(targetFields[kind]).flatMap((id): Need[] => (id === null ? [] : [[kind, id]]))

const settingNeeds = (compiled: CompiledPolicy): Need[] => [
  ...(compiled.purchase.dateField === null ? [] : [['lead', Number(compiled.purchase.dateField)] as const]),
  ...shownOn('contact', compiled),
  ...shownOn('company', compiled),
]

const gathered = (needs: readonly Need[]): PolicyNeeds => {
  const idsOf = (entity: FieldInfo['entity']) =>
    [...new Set(needs.filter(([one]) => one === entity).map(([, id]) => id))].sort((one, other) => one - other)
  return { leadFields: idsOf('lead'), contactFields: idsOf('contact'), companyFields: idsOf('company') }
}

/** The fields of the purchase date, of the segments shown, and of the rules that are on. */
export const policyNeeds = (compiled: CompiledPolicy): PolicyNeeds => {
  const { policy, account } = compiled
  const enabled = policy.rules.filter((rule) => rule.enabled)
  return gathered([...settingNeeds(compiled), ...enabled.flatMap((rule) => ruleNeeds(rule, account))])
}

/** The fields that actions set: what stands in them is looked at when the action is carried out, not before. */
export const actionNeeds = ({ policy, account }: CompiledPolicy): PolicyNeeds => {
  const actions = [...policy.actions, ...policy.rules].flatMap((one) => one.actions)
  const needs = actions.flatMap((action): Need[] => {
    if (action.type !== 'field') return []
    const entities = action.on === 'deal' ? (['lead'] as const) : (['contact', 'company'] as const)
    return entities.flatMap((entity): Need[] => {
      const id = fieldIdOf(action.field, entity, account)
      return id === null ? [] : [[entity, id]]
    })
  })
  return gathered(needs)
}
