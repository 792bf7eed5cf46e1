import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import type { ClientFacts, ClientKind } from '../segmentation/facts.ts'
import type { Desired } from '../segmentation/verdict.ts'

/** Fields in which policies of the account showed segments, by their ids, each with the options they may have left. */
export type RetiredFields = Readonly<Record<ClientKind, Readonly<Record<string, readonly string[]>>>>

export const NO_RETIRED_FIELDS: RetiredFields = { contact: {}, company: {} }

/** The same with the fields of one more policy. None is ever taken out: what it left may still stand somewhere. */
export function withFieldsOf(retired: RetiredFields, policy: CompiledPolicy): RetiredFields {
  return { contact: withShown(retired, policy, 'contact'), company: withShown(retired, policy, 'company') }
}

/** What of a client's fields former policies left and the present one does not mean: to be cleared. */
export function leftovers(
  { kind, fields }: Pick<ClientFacts, 'kind' | 'fields'>,
  wanted: Desired['fields'],
  retired: RetiredFields,
): Desired['fields'] {
  const left = Object.entries(retired[kind]).filter(
    ([id, options]) => !Object.hasOwn(wanted, id) && options.includes(String(fields[id]?.values[0] ?? '')),
  )
  return Object.fromEntries(left.map(([id]) => [id, null]))
}

function withShown(retired: RetiredFields, policy: CompiledPolicy, kind: ClientKind): RetiredFields[ClientKind] {
  const shown: Record<string, readonly string[]> = { ...retired[kind] }
  for (const [dimension, id] of Object.entries(policy.targetFields[kind])) {
    if (id !== null) shown[id] = [...new Set([...(shown[id] ?? []), ...optionsOf(policy, dimension)])]
  }
  return shown
}

function optionsOf({ names, policy }: CompiledPolicy, dimension: string): string[] {
  switch (dimension) {
    case 'lifecycle':
    case 'temperature':
    case 'standing':
      return Object.values(names[dimension])
    default:
      return policy.value.tiers.map(({ label }) => label)
  }
}
