import { readClient } from './client-reading.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { type Dimensions, dimensionsAt } from './dimensions.ts'
import type { ClientFacts, Seconds } from './facts.ts'
import { NEVER } from './timeline.ts'
import type { Verdict } from './verdict.ts'

const firstChange = ({ lifecycle, temperature, standing, value }: Dimensions, rules: Seconds | null): Seconds | null => {
  const first = Math.min(
    lifecycle.until ?? NEVER,
    temperature.until ?? NEVER,
    standing?.until ?? NEVER,
    value.until ?? NEVER,
    rules ?? NEVER,
  )
  return first === NEVER ? null : first
}

/**
 * What the policy says of a client at an instant: a segment per dimension, the rules that hold, the reason of each, and
 * the first instant after `now` at which anything of it differs if nothing happens. Pure; never throws.
 */
export const decide = (client: ClientFacts, policy: CompiledPolicy, now: Seconds): Verdict => {
  const dimensions = dimensionsAt(readClient(client, policy), now)
  return { at: now, ...dimensions, rules: [], nextChangeAt: firstChange(dimensions, null) }
}
