import { h } from './dom.ts'
import { addressOf, type Place } from './place.ts'
import type { View } from './view.ts'

/** The code the platform gives an uploaded widget. */
export const WIDGET_CODE = 'amo_segments_widget'

export const WIDGET_PATH = '/_sandbox/stage/widget'

/** The parts of jQuery and Twig that a widget's methods are made of. */
export interface Libraries {
  readonly $: {
    ajax(options: object): JqPromise
    get(url: string): JqPromise
  }
  readonly Twig: { twig(options: { readonly data: string }): { render(params: object): string } }
}

interface JqPromise {
  then(done: (body: unknown) => unknown): JqPromise
}

interface Template {
  readonly data?: string
  readonly href?: string
  readonly base_path?: string
  readonly load?: (html: string) => void
}

interface Shell {
  readonly caption: { readonly class_name: string; readonly html?: string }
  readonly body: string
  readonly render: string
}

type Callback = (...given: readonly unknown[]) => unknown

/** The widget object that the platform hands to a widget's script as `this`. */
export interface StageWidget {
  callbacks?: Readonly<Record<string, Callback | Readonly<Record<string, Callback>>>>
  readonly [member: string]: unknown
}

export interface WidgetParts {
  readonly place: Place
  readonly view: View
  readonly libraries: Libraries
  /** Cards that are ticked in a list. */
  readonly selected: () => readonly { readonly id: number; readonly type: string }[]
}

export function widgetObject({ place, view, libraries: { $, Twig }, selected }: WidgetParts): StageWidget {
  const { version } = view.manifest.widget
  const texts = view.languages[place.lang] ?? view.languages.ru
  const settings = { ...view.settings, widget_code: WIDGET_CODE, path: WIDGET_PATH, version, widget_active: 'Y' }
  const drawn = (text: string, params: object): string => Twig.twig({ data: text }).render(params)
  const textAt = (path: string): unknown =>
    path.split('.').reduce<unknown>((branch, key) => (branch as Record<string, unknown> | undefined)?.[key], texts)
  return {
    ns: `.${WIDGET_CODE}`,
    params: { ...settings, ...view.manifest },
    langs: texts,
    system: () => ({ area: place.area, subdomain: view.account.subdomain, amouser_id: place.user }),
    get_settings: () => ({ ...settings, oauth_client_uuid: view.clientId }),
    set_settings: (more: object) => void Object.assign(settings, more),
    get_version: () => version,
    get_install_status: () => 'installed',
    set_status: () => undefined,
    add_action: () => undefined,
    add_source: () => undefined,
    i18n: textAt,
    list_selected: () => ({ selected: selected(), count_selected: selected().length }),
    render: (template: Template, params: object = {}) => {
      if (template.data !== undefined) return drawn(template.data, params)
      const path = `${template.base_path ?? WIDGET_PATH}${template.href ?? ''}`
      return $.get(path).then((text) => template.load?.(drawn(String(text), params)))
    },
    render_template: (shell: Shell, params: object = {}) =>
      drawShell(shell, drawn(shell.render, params), String(textAt('widget.name'))),
    $authorizedAjax: (options: { readonly headers?: object }) =>
      $.ajax({ url: addressOf(place, '/token'), headers: { 'X-Requested-With': 'XMLHttpRequest' } }).then((answer) =>
        $.ajax({ ...options, headers: { ...options.headers, 'X-Auth-Token': (answer as { token: string }).token } }),
      ),
  }
}

/** The block in the right column, folded and unfolded by its caption. */
function drawShell({ caption, body }: Shell, drawn: string, name: string): void {
  const content = h('div', { class: 'card-widgets__widget__body js-body-hide' })
  content.innerHTML = `${body}${drawn}`
  const logo = h('img', { src: `${WIDGET_PATH}/images/logo_medium.png`, alt: name, height: '36' })
  const head = h('button', { type: 'button', class: `card-widgets__widget__caption ${caption.class_name}` }, logo)
  head.setAttribute('aria-expanded', 'true')
  head.addEventListener('click', () => {
    content.hidden = !content.hidden
    head.setAttribute('aria-expanded', String(!content.hidden))
  })
  const block = h('div', {
    class: `card-widgets__widget card-widgets__widget-${WIDGET_CODE}`,
    'data-code': WIDGET_CODE,
  })
  block.append(head, content)
  document.getElementById('widgets_block')?.append(block)
}
