import type { ClientRef } from '../segmentation/verdict.ts'

/** Clients of a trial: enough to meet the usual cases, few enough to be looked at one by one. */
export const TRIAL_CLIENTS = 20

/** Chooses a few of many clients as if by chance: those whose work has the least digests. */
export class PreviewTrial {
  #drawn: { readonly ref: ClientRef; readonly digest: bigint }[] = []

  add(ref: ClientRef, digest: bigint): void {
    this.#drawn.push({ ref, digest })
    if (this.#drawn.length >= TRIAL_CLIENTS * 50) this.#drawn = this.#least()
  }

  chosen(): readonly ClientRef[] {
    return this.#least().map(({ ref }) => ref)
  }

  #least() {
    return this.#drawn.sort((one, other) => (one.digest < other.digest ? -1 : 1)).slice(0, TRIAL_CLIENTS)
  }
}
