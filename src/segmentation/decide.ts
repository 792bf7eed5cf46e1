import { readClient } from './client-reading.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { type Dimensions, dimensionsAt } from './dimensions.ts'
import type { ClientFacts, Seconds } from './facts.ts'
import { evaluateRules } from './rules/evaluate-rules.ts'
import { NEVER } from './timeline.ts'
import type { Verdict } from './verdict.ts'

/** The first instant at which one of the dimensions changes; `NEVER`: none does. */
const firstChange = ({ lifecycle, temperature, standing, value }: Dimensions): number =>
  Math.min(lifecycle.until ?? NEVER, temperature.until ?? NEVER, standing?.until ?? NEVER, value.until ?? NEVER)

/**
 * What the policy says of a client at an instant: a segment per dimension, the rules that hold, the reason of each, and
 * the first instant after `now` at which anything of it differs if nothing happens. Pure: the same arguments give the
 * same verdict, in whatever order the deals come.
 */
export const decide = (client: ClientFacts, policy: CompiledPolicy, now: Seconds): Verdict => {
  const reading = readClient(client, policy)
  const dimensions = dimensionsAt(reading, now)
  const first = firstChange(dimensions)
  const rules = evaluateRules(policy.rules, reading, now, first)
  const nextChangeAt = rules.nextChangeAt ?? (first === NEVER ? null : first)
  return { at: now, ...dimensions, rules: rules.matches, nextChangeAt }
}
