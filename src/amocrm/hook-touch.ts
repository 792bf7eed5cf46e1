/**
 * What one webhook body says: "look at this entity again". Only ids are taken from a body, never the values in it;
 * `incoming` marks that the hook itself is the record of an incoming message or call.
 */
export interface Touch {
  readonly entity: 'lead' | 'contact' | 'company'
  readonly id: number
  readonly incoming: boolean
  /** Only of an update: the state it tells of, to recognise the echo of a write of our own. Never taken for the truth. */
  readonly seen?: {
    /** See `digestOf`. */
    readonly digest: string
    /** Seconds. */
    readonly updatedAt: number
  }
}

/** A parsed webhook body. */
export interface HookBody {
  /** Every account id the body names (`account[id]`, or `account_id` of a Digital Pipeline widget hook); empty: none. */
  readonly accountIds: readonly string[]
  /** Without duplicates, in order of appearance. */
  readonly touches: readonly Touch[]
}
