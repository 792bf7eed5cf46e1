import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import { type PolicyNeeds, policyNeeds } from '../segmentation/policy-needs.ts'

const LISTS = ['leadFields', 'contactFields', 'companyFields'] as const satisfies readonly (keyof PolicyNeeds)[]

/** Whether the mirror of one policy does not do for another: it lacks a field, or groups the deals by other clients. */
export function isReadingNeeded(kept: CompiledPolicy, wanted: CompiledPolicy): boolean {
  if (kept.policy.clientEntity !== wanted.policy.clientEntity) return true
  const [has, needs] = [policyNeeds(kept), policyNeeds(wanted)]
  return LISTS.some((list) => needs[list].some((id) => !has[list].includes(id)))
}

/** Cards in one page of a list (amoCRM: 250 at most). */
const PAGE = 250

/** Lists of events and notes: their length is not known beforehand, each has a page at least. */
const OTHER_LISTS = 3

/** Requests that reading the whole base takes, at least. */
export function readingRequests(counts: Readonly<Record<'deals' | 'contacts' | 'companies', number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + Math.max(1, Math.ceil(count / PAGE)), OTHER_LISTS)
}
