import type { Touch } from '../amocrm/hook-touch.ts'
import type { AccountNotes } from '../store/account-notes.ts'
import type { Cause } from './cause.ts'

/** How exact the instant of the last webhook is, ms. */
const NOTED_EVERY_MS = 10_000

const NOTE = 'last-hook'

interface Taking {
  accept(accountId: number, touches: readonly Touch[], cause?: Cause): Promise<void>
}

/** Takes webhooks in and remembers, now and then, that there was one. */
export class NotingIntake implements Taking {
  readonly #intake: Taking
  readonly #notesOf: (accountId: number) => AccountNotes
  readonly #clock: () => number
  readonly #noted = new Map<number, number>()

  constructor(intake: Taking, notesOf: (accountId: number) => AccountNotes, clock: () => number) {
    this.#intake = intake
    this.#notesOf = notesOf
    this.#clock = clock
  }

  accept(accountId: number, touches: readonly Touch[], cause?: Cause): Promise<void> {
    const now = this.#clock()
    if (now - (this.#noted.get(accountId) ?? 0) >= NOTED_EVERY_MS) {
      this.#noted.set(accountId, now)
      // Nobody waits for it, and the next webhook is noted again.
      this.#notesOf(accountId)
        .set(NOTE, now)
        .catch(() => {})
    }
    return this.#intake.accept(accountId, touches, cause)
  }
}

/** Milliseconds; null: none came yet. */
export const lastHook = (notes: AccountNotes): Promise<number | null> => notes.get<number>(NOTE)
