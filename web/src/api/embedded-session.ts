import { Listeners } from './listeners.ts'
import type { Session, SessionSource } from './session.ts'

/** How long the page around may take; it asks amoCRM and the service for each session, ms. */
const ANSWER_LIMIT_MS = 20_000

/** The page around starts at its own pace and hears only what comes after that, ms. */
const ASK_AGAIN_MS = 700

/** A session is renewed this long before it ends, ms. */
const EARLY_MS = 60_000

/** A fresh session is used for so long whatever this machine's clock says of its end, ms; the service knows better. */
const TRUSTED_MS = 5 * 60_000

const QUESTION = 'amo-segments:session?'
const ANSWER = 'amo-segments:session'

/** Sessions given by the page around this one: amoCRM, where the widget gets them for whoever is signed in there. */
export class EmbeddedSession implements SessionSource {
  readonly isInteractive = false
  readonly #listeners = new Listeners()
  readonly #around: Window
  #session: Session | null = null
  /** Milliseconds. */
  #renewAt = 0
  #asking: Promise<Session | null> | null = null

  constructor(around: Window) {
    this.#around = around
  }

  current(): Session | null {
    return Date.now() < this.#renewAt ? this.#session : null
  }

  renew(refused: string | null): Promise<Session | null> {
    const known = this.current()
    if (known !== null && known.token !== refused) return Promise.resolve(known)
    this.#asking ??= this.#ask(refused).finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener)
  }

  #ask(refused: string | null): Promise<Session | null> {
    return new Promise((resolve) => {
      const end = (session: Session | null): void => {
        window.removeEventListener('message', hear)
        clearInterval(asking)
        clearTimeout(limit)
        this.#session = session
        this.#renewAt = Math.max(Date.now() + TRUSTED_MS, (session?.expiresAt ?? 0) - EARLY_MS)
        this.#listeners.call()
        resolve(session)
      }
      const hear = ({ source, data }: MessageEvent<unknown>): void => {
        const session = source === this.#around ? sessionIn(data) : null
        if (session !== null && session.token !== refused) end(session)
      }
      // The question holds no secret, so it may go to whoever is around; who may be, the frame's policy says.
      const ask = (): void => this.#around.postMessage({ type: QUESTION }, '*')
      window.addEventListener('message', hear)
      const asking = setInterval(ask, ASK_AGAIN_MS)
      const limit = setTimeout(() => end(null), ANSWER_LIMIT_MS)
      ask()
    })
  }
}

/** `{type, token, accountId, expiresAt}` with the end as ISO 8601 or in milliseconds; null: another message. */
const sessionIn = (data: unknown): Session | null => {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== ANSWER) return null
  if (!('token' in data) || typeof data.token !== 'string' || data.token === '') return null
  const end = 'expiresAt' in data ? data.expiresAt : null
  const expiresAt = typeof end === 'string' ? Date.parse(end) : Number(end)
  return { token: data.token, expiresAt: Number.isFinite(expiresAt) ? expiresAt : null }
}
