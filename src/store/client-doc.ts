import type { DealFacts, FieldFacts, Lock, Seconds } from '../segmentation/facts.ts'
import type { Segments } from '../segmentation/transitions.ts'
import type { ClientRef } from '../segmentation/verdict.ts'

/** The contact or company itself, as last read. */
export interface CardFacts {
  readonly createdAt: Seconds
  readonly responsibleUserId: number
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  readonly hasPhone: boolean
  readonly hasEmail: boolean
  /** A contact's company; null for companies. */
  readonly companyId: number | null
  /** Milliseconds: when the request that read it was sent. A reading never replaces a younger one. */
  readonly readAt: number
  /** Milliseconds: when our last write to it ended; 0: none that matters any more. Older readings don't know its tags. */
  readonly wroteAt: number
}

/** A deal of the client, as last read. */
export interface MirroredDeal extends DealFacts {
  readonly readAt: number
  readonly wroteAt: number
}

/**
 * What lists and figures over the whole base look at, as of the client's last decision: they read these in place of his
 * document. Sums in the account's currency.
 */
export interface ClientFigures {
  readonly ltv: number
  /** Occasions. */
  readonly purchases: number
  readonly lastPurchaseAt: Seconds | null
  /** When he falls asleep if he does not buy; null: he never bought, sleeps already, or is kept from it by a lock. */
  readonly sleepsAt: Seconds | null
  /** When any answer changes by itself; null: never. */
  readonly nextChangeAt: Seconds | null
  readonly responsibleUserId: number
}

/** The answers that were last remembered, to see transitions and to count segments. */
export type Decided = Segments

/**
 * One client in the mirror: a copy of what amoCRM says, with the answer that follows from it. A cache, never the
 * truth: every event reads again.
 */
export interface ClientDoc {
  /** Counts the changes of the document: a writer that saw an older one must look again. */
  readonly rev: number
  readonly ref: ClientRef
  /** Null until it was read, or when it is gone from amoCRM. */
  readonly card: CardFacts | null
  readonly deals: readonly MirroredDeal[]
  readonly incomingAt: Seconds | null
  readonly locks: readonly Lock[]
  readonly decided: Decided | null
  /** Null until he was decided. */
  readonly figures: ClientFigures | null
  /**
   * Answers (see `answersOf`) under which the client is to be left as he stands: a policy that was applied to new cases
   * only, or an undone run. Void as soon as he is answered differently.
   */
  readonly held: string | null
  /** When an entry action was last planned for this client, by action id. */
  readonly fired: Readonly<Record<string, Seconds>>
  /** Second at which the answer is to be looked at again: at once after a change of facts, else the next change. */
  readonly dueAt: Seconds | null
}

export function emptyClient(ref: ClientRef): ClientDoc {
  return {
    rev: 0,
    ref,
    card: null,
    deals: [],
    incomingAt: null,
    locks: [],
    decided: null,
    figures: null,
    fired: {},
    held: null,
    dueAt: null,
  }
}
