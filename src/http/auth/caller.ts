/** Who calls the API. */
export type Caller =
  /** Somebody of the account, as amoCRM or a session made from its word says. */
  | { readonly type: 'user'; readonly accountId: number; readonly userId: number; readonly isAdmin: boolean }
  /** The operator of the service: knows the admin token, may see and change every account. */
  | { readonly type: 'ops' }

export type User = Extract<Caller, { type: 'user' }>
