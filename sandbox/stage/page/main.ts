import { cardArea } from './card-area.ts'
import { h } from './dom.ts'
import { labelsOf } from './labels.ts'
import { listArea } from './list-area.ts'
import { pipelineArea } from './pipeline-area.ts'
import { placeOf } from './place.ts'
import { setPlatformGlobals } from './platform-globals.ts'
import { settingsArea } from './settings-area.ts'
import { topBar } from './top-bar.ts'
import { readView, type View } from './view.ts'
import { type Libraries, type StageWidget, WIDGET_CODE, WIDGET_PATH, widgetObject } from './widget-object.ts'

type Loaded = (...modules: never[]) => void

interface Loader {
  (modules: readonly string[], loaded: Loaded, failed?: (error: Error) => void): void
  config(options: object): void
}

declare global {
  interface Window {
    readonly requirejs: Loader
  }
}

const place = placeOf(window.location.search)
const labels = labelsOf(place.lang)
const holder = document.getElementById('page_holder')
let widget: StageWidget | null = null

document.documentElement.lang = place.lang
start().catch((error: unknown) => holder?.append(h('p', { class: 'modal', role: 'alert' }, String(error))))

async function start(): Promise<void> {
  const view = await readView(place)
  const { saved } = setPlatformGlobals(place, view)
  const [element, selected] = areaOf(view, saved)
  holder?.append(topBar(place, view, labels), element)
  window.requirejs.config({
    paths: { jquery: '/_sandbox/stage/lib/jquery', twigjs: '/_sandbox/stage/lib/twig' },
    map: { '*': { twig: 'twigjs' } },
  })
  const script = `${WIDGET_PATH}/script.js?v=${view.manifest.widget.version}`
  window.requirejs(['jquery', 'twigjs', script], ($: Libraries['$'], Twig: Libraries['Twig'], Widget: unknown) => {
    const made = widgetObject({ place, view, libraries: { $, Twig }, selected })
    if (typeof Widget === 'function') Widget.call(made)
    widget = made
    liven()
  })
}

function areaOf(view: View, saved: (id: number) => void): [HTMLElement, () => readonly { id: number; type: string }[]] {
  const text = (path: string): string => String(textIn(view.languages[place.lang] ?? view.languages.ru, path))
  const nothing = () => []
  switch (place.area) {
    case 'llist':
    case 'clist': {
      const group = place.area === 'llist' ? 'leads' : 'contacts'
      const list = listArea(place, view, labels, text('widget.name'), () => callIn(group, 'selected'))
      return [list.element, list.selected]
    }
    case 'settings':
      return [settingsArea({ place, view, labels, text }, () => call('onSave')), nothing]
    case 'advanced_settings':
      return [h('main', { id: `work-area-${WIDGET_CODE}`, class: 'work-area' }), nothing]
    case 'digital_pipeline':
      return [pipelineArea({ place, view, labels, text }), nothing]
    default:
      return [cardArea(place, view, labels, saved), nothing]
  }
}

/** In the platform's order: nothing further is called unless `render` answers true. */
function liven(): void {
  if (call('render') !== true) return
  call('init')
  call('bind_actions')
  if (place.area === 'settings') call('settings', document.getElementsByClassName('widget-settings__modal'))
  if (place.area === 'advanced_settings') call('advancedSettings')
  if (place.area === 'digital_pipeline') call('dpSettings')
  window.addEventListener('pagehide', () => call('destroy'))
}

function call(name: string, ...given: readonly unknown[]): unknown {
  const callback = widget?.callbacks?.[name]
  return typeof callback === 'function' ? callback(...given) : undefined
}

function callIn(group: string, name: string): void {
  const callbacks = widget?.callbacks?.[group]
  if (typeof callbacks === 'object') callbacks[name]?.()
}

function textIn(branch: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], branch)
}
