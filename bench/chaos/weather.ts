import type { Faults, FaultyRequest, RequestFault } from '../../sandbox/faults.ts'
import type { Random } from '../../sandbox/generate/random.ts'
import type { HookFault } from '../../sandbox/hooks/hook-sender.ts'

/** What an answer becomes, with its share of all requests. */
const REQUEST_FAULTS: readonly { readonly name: string; readonly share: number; readonly fault: RequestFault }[] = [
  { name: '500', share: 0.01, fault: { status: 500 } },
  { name: '502', share: 0.01, fault: { html: 502 } },
  { name: '504', share: 0.01, fault: { status: 504 } },
  { name: 'hang', share: 0.005, fault: { hang: true } },
  { name: 'reset', share: 0.01, fault: { reset: true } },
  { name: 'answer lost', share: 0.005, fault: { loseAnswer: true } },
  { name: '403 page', share: 0.02, fault: { html: 403 } },
  { name: '429', share: 0.005, fault: { status: 429 } },
]

const DROPPED = 0.2
const DOUBLED = 0.2
const DELAYED = 0.2
const LONGEST_DELAY_MS = 3_000

/** What befalls requests and webhooks while it storms, by chance; how often is counted by name. */
export class Weather {
  readonly counts = new Map<string, number>()
  readonly #random: Random
  readonly #faults: Faults
  readonly #requestFaults: typeof REQUEST_FAULTS

  /** @param without names of faults that do not occur */
  constructor(faults: Faults, random: Random, without: readonly string[] = []) {
    this.#faults = faults
    this.#random = random
    this.#requestFaults = REQUEST_FAULTS.filter(({ name }) => !without.includes(name))
  }

  storm(): void {
    this.#faults.onRequest = (request) => this.#requestFault(request)
    this.#faults.onHook = () => this.#hookFault()
  }

  calm(): void {
    this.#faults.onRequest = () => undefined
    this.#faults.onHook = () => 'deliver'
  }

  #requestFault({ path }: FaultyRequest): RequestFault | undefined {
    let chance = this.#random.next()
    for (const { name, share, fault } of this.#requestFaults) {
      chance -= share
      if (chance >= 0) continue
      // The platform itself offers no way back from a refresh token that was used up in an answer nobody got.
      if ('loseAnswer' in fault && path.startsWith('/oauth2')) return undefined
      this.#count(name)
      return fault
    }
    return undefined
  }

  #hookFault(): HookFault {
    const chance = this.#random.next()
    if (chance < DROPPED) return this.#counted('hook dropped', 'drop')
    if (chance < DROPPED + DOUBLED) return this.#counted('hook doubled', 'double')
    if (chance < DROPPED + DOUBLED + DELAYED) {
      return this.#counted('hook delayed', { delayMs: this.#random.int(1, LONGEST_DELAY_MS) })
    }
    return 'deliver'
  }

  #counted(name: string, fault: HookFault): HookFault {
    this.#count(name)
    return fault
  }

  #count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }
}
