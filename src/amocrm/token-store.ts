/** OAuth 2.0 token pair of one account. Access lives 24 h, refresh 3 months and is single-use (amoCRM, OAuth). */
export interface TokenPair {
  readonly accessToken: string
  /** Null for a long-lived token, which is never refreshed. */
  readonly refreshToken: string | null
  /** Milliseconds since the epoch; null: unknown, valid until a 401 says otherwise. */
  readonly expiresAt: number | null
}

/** What amocrm/ needs of the store to keep an account's tokens. Implementations encrypt at rest. */
export interface TokenStore {
  readTokens(accountId: number): Promise<TokenPair | null>
  /**
   * Stores what `before` was refreshed to; false: another pair or none stands there by now, of a new installation or a
   * removal, and stays.
   */
  replaceTokens(accountId: number, before: TokenPair, pair: TokenPair): Promise<boolean>
  /**
   * Runs `work` while holding the account's refresh lock, across processes. Waits for the lock; the lock outlives a
   * crashed holder by its time-to-live only.
   */
  withRefreshLock<T>(accountId: number, work: () => Promise<T>): Promise<T>
}
