import { Listeners } from './listeners.ts'
import type { Session, SessionSource } from './session.ts'

const STORED = 'amo-segments.ops'

/** The operator's token, typed once and kept until the tab is closed. */
export class OpsSession implements SessionSource {
  readonly isInteractive = true
  readonly #listeners = new Listeners()
  #token = read()
  #wasRefused = false

  /** Whether the service did not know the last token. */
  get wasRefused(): boolean {
    return this.#wasRefused
  }

  current(): Session | null {
    return this.#token
  }

  signIn(token: string): void {
    this.#token = { token, expiresAt: null }
    this.#wasRefused = false
    keep(token)
    this.#listeners.call()
  }

  signOut(): void {
    this.#token = null
    keep(null)
    this.#listeners.call()
  }

  /** A token that was refused is forgotten; only its owner knows another. */
  async renew(refused: string | null): Promise<Session | null> {
    if (refused !== null && refused === this.#token?.token) {
      this.#wasRefused = true
      this.signOut()
    }
    return this.#token
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener)
  }
}

/** Storage may be denied altogether. */
const read = (): Session | null => {
  try {
    const token = sessionStorage.getItem(STORED)
    return token === null ? null : { token, expiresAt: null }
  } catch {
    return null
  }
}

const keep = (token: string | null): void => {
  try {
    if (token === null) sessionStorage.removeItem(STORED)
    else sessionStorage.setItem(STORED, token)
  } catch {
    // Then it lives as long as the page.
  }
}
