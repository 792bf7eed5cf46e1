/**
 * What one webhook body says: "look at this entity again". Only ids are taken from a body, never the values in it;
 * `incoming` marks that the hook itself is the record of an incoming message or call.
 */
export interface Touch {
  readonly entity: 'lead' | 'contact' | 'company'
  readonly id: number
  readonly incoming: boolean
}

/** A parsed webhook body. */
export interface HookBody {
  /** Every account id the body names (`account[id]`, or `account_id` of a Digital Pipeline widget hook); empty: none. */
  readonly accountIds: readonly string[]
  /** Without duplicates, in order of appearance. */
  readonly touches: readonly Touch[]
}
