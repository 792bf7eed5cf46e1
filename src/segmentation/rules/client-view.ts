import type { ClientFacts, DealFacts, Seconds } from '../facts.ts'
import type { Verdict } from '../verdict.ts'

/** What rules see of the dimensions at one instant. Each part says until when it stands. */
export interface ClientView extends Pick<Verdict, 'lifecycle' | 'temperature' | 'standing' | 'value'> {
  readonly purchases: PurchaseView
}

/** The purchase occasions that count at that instant, oldest first. */
export interface PurchaseView {
  readonly occasions: readonly { readonly at: Seconds }[]
  /** First instant after which other occasions count; null: never. */
  readonly until: Seconds | null
}

/** The view at a given instant; asked for instants to come where an answer changes by itself. */
export type ViewAt = (at: Seconds) => ClientView

/** One client before the rules, and the deal a rule about deals is asked about. */
export class RuleSubject {
  readonly client: ClientFacts
  /** The deal in question; meaningless for rules about the client. */
  deal: DealFacts | null = null
  readonly #viewAt: ViewAt
  #view: { readonly at: Seconds; readonly seen: ClientView } | null = null
  #edges: { readonly first: DealFacts | null; readonly last: DealFacts | null } | null = null

  constructor(client: ClientFacts, viewAt: ViewAt) {
    this.client = client
    this.#viewAt = viewAt
  }

  viewAt(at: Seconds): ClientView {
    if (this.#view === null || this.#view.at !== at) this.#view = { at, seen: this.#viewAt(at) }
    return this.#view.seen
  }

  /** The deal created first, the lower id first among equals; null without deals. */
  get firstDeal(): DealFacts | null {
    this.#edges ??= edgesOf(this.client.deals)
    return this.#edges.first
  }

  /** The deal created last, the higher id last among equals; null without deals. */
  get lastDeal(): DealFacts | null {
    this.#edges ??= edgesOf(this.client.deals)
    return this.#edges.last
  }
}

function edgesOf(deals: readonly DealFacts[]): { first: DealFacts | null; last: DealFacts | null } {
  let first: DealFacts | null = null
  let last: DealFacts | null = null
  for (const deal of deals) {
    if (first === null || isOlder(deal, first)) first = deal
    if (last === null || isOlder(last, deal)) last = deal
  }
  return { first, last }
}

function isOlder(one: DealFacts, other: DealFacts): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id)
}
