import type { ClientReading } from './client-reading.ts'
import type { LifecycleReason } from './reason.ts'
import { NEVER, oneOff, type Timeline } from './timeline.ts'
import type { LifecycleSegment } from './verdict.ts'

/** The lifecycle segment by the facts alone, locks left aside; each change it announces is a real one. */
export const lifecycleByFacts: Timeline<ClientReading, LifecycleSegment> = ({ buying }, moment) => {
  oneOff(NEVER, moment)
  if (buying === null) return 'new'
  const { newUntil, sleepsAt, regularUntil } = buying
  if (moment.at < newUntil) {
    oneOff(newUntil, moment)
    return 'new'
  }
  if (moment.at >= sleepsAt) return 'sleeping'
  if (moment.at < regularUntil) {
    oneOff(Math.min(regularUntil, sleepsAt), moment)
    return 'regular'
  }
  oneOff(sleepsAt, moment)
  return buying.facts.purchases >= 2 ? 'periodic' : 'one_time'
}

/** Why the facts alone give that segment. */
export const lifecycleReason = (reading: ClientReading, segment: LifecycleSegment): LifecycleReason => {
  const { buying, policy, purchases } = reading
  const { ignored } = purchases
  if (buying === null) return { code: 'lifecycle.never_bought', facts: {}, ignored }
  const { facts } = buying
  switch (segment) {
    case 'new':
      return {
        code: 'lifecycle.first_purchase',
        facts: { ...facts, newForDays: policy.policy.firstPurchaseIsNewForDays },
        ignored,
      }
    case 'regular':
      return {
        code: 'lifecycle.regular',
        facts: { ...facts, ...policy.policy.regular, regularUntil: buying.regularUntil },
        ignored,
      }
    case 'sleeping':
      return { code: 'lifecycle.sleeping', facts, ignored }
    case 'periodic':
      return { code: 'lifecycle.periodic', facts, ignored }
    case 'one_time':
      return { code: 'lifecycle.one_time', facts, ignored }
  }
}
