import { showAdvanced } from './advanced.ts'
import { recomputeSelected } from './list.ts'
import { loadStyle } from './load-style.ts'
import { Panel } from './panel.ts'
import { showPipelineSettings } from './pipeline.ts'
import { cardEntity, type PlatformWidget } from './platform.ts'
import { Service } from './service.ts'
import { showStatus } from './settings.ts'
import { wordsOf } from './words.ts'

const PLACE = '<div class="amo-segments" data-amo-segments="panel"></div>'

/**
 * Gives the platform’s widget object its callbacks (developers’ guide, script.js). `render` comes first, and none of
 * the others unless it answers true.
 */
export const equip = (widget: PlatformWidget): void => {
  const service = new Service(widget)
  const words = () => wordsOf(widget)
  let panel: Panel | null = null
  let closeAdvanced: (() => void) | null = null

  const close = (): void => {
    panel?.close()
    closeAdvanced?.()
    panel = null
    closeAdvanced = null
  }

  widget.callbacks = {
    render: () => {
      if (cardEntity(widget) === null) return true
      widget.render_template({ caption: { class_name: 'amo-segments-caption' }, body: PLACE, render: '' })
      return true
    },
    init: () => {
      loadStyle(widget)
      close()
      const entity = cardEntity(widget)
      const root = [...document.querySelectorAll<HTMLElement>('[data-amo-segments="panel"]')].at(-1)
      if (entity === null || root === undefined) return true
      panel = new Panel({ widget, service, words: words(), entity, root })
      panel.start()
      return true
    },
    bind_actions: () => true,
    settings: (modal?: ArrayLike<Element>) => {
      loadStyle(widget)
      void showStatus(widget, service, words(), modal?.[0])
      return true
    },
    advancedSettings: () => {
      loadStyle(widget)
      closeAdvanced?.()
      closeAdvanced = showAdvanced(widget, service, words())
      return true
    },
    dpSettings: () => {
      loadStyle(widget)
      void showPipelineSettings(widget, service, words())
      return true
    },
    onSave: () => true,
    destroy: close,
    leads: { selected: () => void recomputeSelected(widget, service, words(), 'lead') },
    contacts: { selected: () => void recomputeSelected(widget, service, words(), 'contact') },
  }
}
