import type { PanelParts } from './panel.ts'
import type { NamedSegment, PanelState } from './panel-model.ts'
import { currentCardId } from './platform.ts'
import { troubleOf } from './service.ts'

const DAY_MS = 86_400_000

export interface ActsOn {
  state(): PanelState
  show(change: Partial<PanelState>): void
  /** The card will have changed soon. */
  lookAgain(): void
}

/** What a person does in the panel of a card: recompute, set a segment by hand, let the rules decide again. */
export class PanelActs {
  readonly #parts: PanelParts
  readonly #panel: ActsOn

  constructor(parts: PanelParts, panel: ActsOn) {
    this.#parts = parts
    this.#panel = panel
  }

  recompute(): Promise<void> {
    const { service, entity } = this.#parts
    const body = { cards: [{ entity, id: currentCardId() }] }
    return this.#do(() => service.ofAccount({ method: 'POST', path: '/cards/recompute', body }), null)
  }

  /** Opens the form, or closes it again. */
  async openForm(): Promise<void> {
    if (this.#panel.state().choices !== null) return this.#panel.show({ choices: null })
    const { service, words } = this.#parts
    try {
      const { segments } = await service.ofAccount<{ segments: NamedSegment[] }>({ method: 'GET', path: '/segments' })
      this.#panel.show({ choices: segments, said: null })
    } catch (error) {
      this.#panel.show({ said: { text: words.errors[troubleOf(error)], isFailed: true } })
    }
  }

  /** @param named `dimension:segment`. @param days 0: until it is taken away. */
  lock(named: string, days: number): Promise<void> {
    const { service, words } = this.#parts
    const colon = named.indexOf(':')
    const until = days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : null
    const body = { segment: named.slice(colon + 1), until }
    const path = this.#lockOf(named.slice(0, colon))
    return this.#do(() => service.ofAccount({ method: 'PUT', path, body }), words.lock.saved)
  }

  release(dimension: string): Promise<void> {
    const { service, words } = this.#parts
    const path = this.#lockOf(dimension)
    return this.#do(() => service.ofAccount({ method: 'DELETE', path }), words.lock.released)
  }

  #lockOf(dimension: string): string {
    const { card } = this.#panel.state()
    const client = typeof card === 'object' && 'client' in card ? card.client : null
    return `/clients/${client?.kind}/${client?.id}/locks/${dimension}`
  }

  async #do(act: () => Promise<unknown>, done: string | null): Promise<void> {
    const { words } = this.#parts
    this.#panel.show({ isBusy: true, said: null })
    try {
      await act()
      this.#panel.show({ isBusy: false, choices: null, said: done === null ? null : { text: done, isFailed: false } })
      this.#panel.lookAgain()
    } catch (error) {
      this.#panel.show({ isBusy: false, said: { text: words.errors[troubleOf(error)], isFailed: true } })
    }
  }
}
