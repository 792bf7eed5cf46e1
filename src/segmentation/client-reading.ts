import type { CompiledPolicy } from './compile-policy.ts'
import { dealsById } from './deal-state.ts'
import type { ClientFacts, DealFacts, Seconds } from './facts.ts'
import { type Purchases, readPurchases } from './purchases.ts'
import type { BuyingFacts } from './reason.ts'
import { thresholdOf } from './sleeping-threshold.ts'

/** A client who bought: his purchases as the lifecycle sees them, and the instants at which time alone changes it. */
export interface Buying {
  readonly facts: BuyingFacts
  /** End of being new after the one purchase; `-Infinity`: it does not apply. */
  readonly newUntil: number
  /** Beginning of sleep, see `facts.sleepsAt`. */
  readonly sleepsAt: Seconds
  /** End of being regular; `-Infinity`: too few purchases ever. */
  readonly regularUntil: number
}

/** What is read off one client's facts once, whatever the instant asked about. */
export interface ClientReading {
  readonly client: ClientFacts
  readonly policy: CompiledPolicy
  /** The client's deals by rising id. */
  readonly deals: readonly DealFacts[]
  readonly purchases: Purchases
  /** Null: he never bought. */
  readonly buying: Buying | null
}

const NOT_AT_ALL = Number.NEGATIVE_INFINITY

const regularUntil = ({ occasions }: Purchases, { regular }: CompiledPolicy): number => {
  const oldest = occasions[occasions.length - regular.minPurchases]
  return oldest === undefined ? NOT_AT_ALL : oldest.at + regular.windowSeconds
}

/** What purchases alone tell of a buyer; null: there are none. */
export const readBuying = (purchases: Purchases, policy: CompiledPolicy): Buying | null => {
  const { occasions } = purchases
  const last = occasions[occasions.length - 1]
  if (last === undefined) return null
  const threshold = thresholdOf(policy.sleeping, occasions)
  const sleepsAt = last.at + threshold.seconds
  const facts: BuyingFacts = {
    purchases: occasions.length,
    lastAt: last.at,
    lastAmount: last.amount,
    lastDealIds: last.dealIds,
    sleepsAt,
    thresholdSeconds: threshold.seconds,
    thresholdFrom: threshold.from,
    medianGapSeconds: threshold.medianGapSeconds,
  }
  return {
    facts,
    newUntil: occasions.length === 1 && policy.newForSeconds > 0 ? last.at + policy.newForSeconds : NOT_AT_ALL,
    sleepsAt,
    regularUntil: regularUntil(purchases, policy),
  }
}

export const readClient = (client: ClientFacts, policy: CompiledPolicy): ClientReading => {
  const deals = dealsById(client.deals)
  const purchases = readPurchases(deals, policy)
  return { client, policy, deals, purchases, buying: readBuying(purchases, policy) }
}
