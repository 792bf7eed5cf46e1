/** What a request is allowed by. Kept in memory; the operator's token for this tab alone. */
export interface Session {
  readonly token: string
  /** Milliseconds; null: the operator's token does not end by itself. */
  readonly expiresAt: number | null
}

/** Where sessions come from: the operator types his token, or the page around this one gives a session. */
export interface SessionSource {
  /** Whether the operator is to be asked; else the page around is. */
  readonly isInteractive: boolean
  /** The session of this moment; null: there is none yet. */
  current(): Session | null
  /** A fresh session in place of one that was refused or is about to end; null: none is to be had. */
  renew(refused: string | null): Promise<Session | null>
  /** Called whenever `current` changes. */
  subscribe(listener: () => void): () => void
}
