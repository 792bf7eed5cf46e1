import type { CompiledPolicy } from './compile-policy.ts'
import { dealsById } from './deal-state.ts'
import type { DealFacts } from './facts.ts'
import { readPurchases } from './purchases.ts'
import { gapsBetween } from './sleeping-threshold.ts'

/** Seconds between a client's consecutive purchase occasions, oldest first. */
export const occasionGaps = (deals: readonly DealFacts[], policy: CompiledPolicy): readonly number[] =>
  gapsBetween(readPurchases(dealsById(deals), policy).occasions)
