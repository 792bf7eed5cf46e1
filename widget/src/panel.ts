import type { ShownPanel } from '../../src/http/api/cards/card-schemas.ts'
import { openFrameWindow } from './frame-window.ts'
import { PanelActs } from './panel-acts.ts'
import { type PanelState, panelModel } from './panel-model.ts'
import { type CardEntity, currentCardId, type PlatformWidget } from './platform.ts'
import { type Service, troubleOf } from './service.ts'
import template from './templates/panel.twig?raw'
import { serviceLanguage, type Words } from './words.ts'

/** How often it is looked whether a new card was saved, ms; that asks nobody. */
const SAVED_YET_MS = 1_000

/** When a card that is not read yet is asked for again, ms. */
const UNREAD_MS = [2_000, 3_000, 5_000, 10_000, 20_000, 40_000] as const

/** When the card is looked at again after something was changed, ms. */
const CHANGED_MS = [1_500, 4_000] as const

export interface PanelParts {
  readonly widget: PlatformWidget
  readonly service: Service
  readonly words: Words
  readonly entity: CardEntity
  readonly root: HTMLElement
}

/** The panel in the right column of a card, until it is closed. */
export class Panel {
  readonly #parts: PanelParts
  readonly #acts: PanelActs
  #state: PanelState = { card: 'loading', isBusy: false, said: null, choices: null, isUnfolded: false }
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts the questions: an answer that comes after a younger one was asked is dropped. */
  #asked = 0
  #closeWindow: (() => void) | null = null
  #isClosed = false

  constructor(parts: PanelParts) {
    this.#parts = parts
    this.#acts = new PanelActs(parts, {
      state: () => this.#state,
      show: (change) => this.#show(change),
      lookAgain: () => this.#later(CHANGED_MS),
    })
    parts.root.addEventListener('click', (event) => this.#clicked(event))
    parts.root.addEventListener('submit', (event) => this.#submitted(event))
  }

  start(): void {
    if (currentCardId() === null) this.#awaitSaving()
    else void this.#load(UNREAD_MS)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#closeWindow?.()
  }

  #awaitSaving(): void {
    this.#show({ card: 'unsaved' })
    const look = (): void => {
      if (currentCardId() === null) this.#timer = setTimeout(look, SAVED_YET_MS)
      else void this.#load(UNREAD_MS)
    }
    this.#timer = setTimeout(look, SAVED_YET_MS)
  }

  /** @param again waits before further looks at a card that is not read yet. */
  async #load(again: readonly number[]): Promise<void> {
    const { service, entity } = this.#parts
    this.#asked += 1
    const mine = this.#asked
    if (typeof this.#state.card === 'string' || 'trouble' in this.#state.card) this.#show({ card: 'loading' })
    try {
      const panel = await service.ofAccount<ShownPanel>({ method: 'GET', path: `/cards/${entity}/${currentCardId()}` })
      if (mine !== this.#asked) return
      this.#show({ card: panel })
      if (panel.absence?.code === 'not_read' || panel.absence?.code === 'base_is_read') this.#later(again)
    } catch (error) {
      if (mine === this.#asked) this.#show({ card: { trouble: troubleOf(error) }, choices: null, said: null })
    }
  }

  #later([wait, ...rest]: readonly number[]): void {
    clearTimeout(this.#timer)
    if (wait === undefined || this.#isClosed) return
    this.#timer = setTimeout(async () => {
      await this.#load(rest)
      const { card } = this.#state
      if (typeof card !== 'string' && 'absence' in card && card.absence === null) this.#later(rest)
    }, wait)
  }

  #show(change: Partial<PanelState>): void {
    if (this.#isClosed) return
    const { widget, words, root } = this.#parts
    const isUnfolded = root.querySelector('details')?.open ?? this.#state.isUnfolded
    this.#state = { ...this.#state, isUnfolded, ...change }
    const hadFocus = document.activeElement?.closest('[data-act]')?.getAttribute('data-act') ?? null
    root.innerHTML = widget.render({ data: template }, panelModel(this.#state, words))
    // What is drawn anew must not take the keyboard away from who uses it.
    if (hadFocus !== null) root.querySelector<HTMLElement>(`[data-act="${CSS.escape(hadFocus)}"]`)?.focus()
  }

  #clicked({ target }: Event): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-act]') : null
    const act = button?.dataset.act
    if (act === 'retry') void this.#load(UNREAD_MS)
    if (act === 'recompute') void this.#acts.recompute()
    if (act === 'lock') void this.#acts.openForm()
    if (act === 'cancel') this.#show({ choices: null })
    if (act === 'release') void this.#acts.release(button?.dataset.dimension ?? '')
    if (act === 'open') this.#open()
  }

  #submitted(event: Event): void {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement)) return
    const { segment, days } = Object.fromEntries(new FormData(event.target))
    void this.#acts.lock(String(segment), Number(days))
  }

  #open(): void {
    const { service, words } = this.#parts
    const { card } = this.#state
    if (typeof card === 'string' || 'trouble' in card || card.client === null) return
    const page = `/clients/${card.client.kind}/${card.client.id}`
    this.#closeWindow = openFrameWindow(words, { service, language: serviceLanguage(words), page })
  }
}
