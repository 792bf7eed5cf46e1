import type { ChangePhrases } from './phrases.ts'
import { NBSP } from './plural.ts'

/** Whom a client becomes; segments that are not told in this way are entered by name. */
const BECOMES: Readonly<Record<string, string>> = {
  new: 'new',
  one_time: 'one-time',
  periodic: 'periodic',
  regular: 'regular',
  sleeping: 'sleeping',
  hot: 'hot',
  warm: 'warm',
  cold: 'cold',
  refused: 'refused',
}

const dealOf = (dealId: number | null) => (dealId === null ? '' : `Deal no.${NBSP}${dealId}: `)

export const englishChanges: ChangePhrases = {
  change: (change, on) => {
    switch (change.type) {
      case 'segment': {
        const becomes = change.isLabel ? BECOMES[change.segment] : undefined
        return becomes === undefined ? `Moves to “${change.name}” on ${on}` : `Becomes ${becomes} on ${on}`
      }
      case 'no_segment':
        return `Leaves “${change.name}” on ${on}`
      case 'tier':
        return change.to === null
          ? `Leaves the tier “${change.from}” on ${on}`
          : `Moves to the tier “${change.to}” on ${on}`
      case 'recency':
        return `The recency score becomes${NBSP}${change.score} on ${on}`
      case 'rule': {
        const verb = change.begins ? 'begins to match the rule' : 'ceases to match the rule'
        const sentence = `${dealOf(change.dealId)}${verb} “${change.label}” on ${on}`
        return sentence.charAt(0).toUpperCase() + sentence.slice(1)
      }
    }
  },
  unlessHeBuys: (sentence) => `${sentence} unless there is a purchase`,
  afterLock: (sentence) => `${sentence}, when the lock ends`,
}
