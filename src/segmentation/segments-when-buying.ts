import { readBuying, readClient } from './client-reading.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { ClientFacts } from './facts.ts'
import { lifecycleByFacts } from './lifecycle.ts'
import type { Occasion } from './purchases.ts'
import { momentAt } from './timeline.ts'
import type { LifecycleSegment } from './verdict.ts'

/** A purchase occasion and who bought: the lifecycle segment that the earlier purchases alone gave him at its instant. */
export interface PurchaseBySegment {
  readonly occasion: Occasion
  readonly segment: LifecycleSegment
}

/** The purchases of a client, oldest first, each with the segment he bought from; locks are left aside. */
export const segmentsWhenBuying = (client: ClientFacts, policy: CompiledPolicy): readonly PurchaseBySegment[] => {
  const reading = readClient(client, policy)
  const { occasions } = reading.purchases
  return occasions.map((occasion, index) => {
    const buying = readBuying({ ...reading.purchases, occasions: occasions.slice(0, index) }, policy)
    return { occasion, segment: lifecycleByFacts({ ...reading, buying }, momentAt(occasion.at)) }
  })
}
