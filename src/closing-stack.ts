import { setTimeout as delay } from 'node:timers/promises'

/** How closing ended. */
export type Closing =
  | { readonly type: 'closed'; readonly failures: readonly CloseFailure[] }
  /** Time ran out while `name` was closing; it and everything opened before it was left as it is. */
  | { readonly type: 'late'; readonly name: string; readonly failures: readonly CloseFailure[] }

export interface CloseFailure {
  readonly name: string
  readonly error: unknown
}

interface Entry {
  readonly name: string
  readonly close: () => unknown
}

/**
 * Everything that opens pushes its close here; they run once, one after another, last opened first, under one time
 * limit. One that fails does not keep the others from closing.
 */
export class ClosingStack {
  readonly #entries: Entry[] = []
  #closing: Promise<Closing> | null = null

  /** @throws Error when closing has begun: what opens then would never be closed. */
  push(name: string, close: () => unknown): void {
    if (this.#closing !== null) throw new Error(`${name} was opened while the program is closing`)
    this.#entries.push({ name, close })
  }

  /** Later calls answer as the first one did. */
  close(limitMs: number): Promise<Closing> {
    this.#closing ??= this.#closeAll(limitMs)
    return this.#closing
  }

  async #closeAll(limitMs: number): Promise<Closing> {
    const failures: CloseFailure[] = []
    const patience = new AbortController()
    const late = delay(limitMs, 'late' as const, { signal: patience.signal }).catch(() => 'ended' as const)
    try {
      for (const { name, close } of this.#entries.toReversed()) {
        const done = closeOne(close).catch((error: unknown) => void failures.push({ name, error }))
        if ((await Promise.race([done, late])) === 'late') return { type: 'late', name, failures }
      }
      return { type: 'closed', failures }
    } finally {
      patience.abort()
    }
  }
}

/** A close that throws at once is one that rejects. */
const closeOne = async (close: () => unknown): Promise<void> => {
  await close()
}
