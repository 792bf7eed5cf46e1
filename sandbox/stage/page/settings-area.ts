import { h } from './dom.ts'
import type { Labels } from './labels.ts'
import type { Place } from './place.ts'
import { post, type View } from './view.ts'
import { WIDGET_CODE, WIDGET_PATH } from './widget-object.ts'

export interface FormParts {
  readonly place: Place
  readonly view: View
  readonly labels: Labels
  /** A text of the widget by its path. */
  readonly text: (path: string) => string
}

/** The window of the widget's settings, with the fields of its manifest. */
export function settingsArea({ place, view, labels, text }: FormParts, onSave: () => void): HTMLElement {
  const fields = Object.entries(view.manifest.settings ?? {})
  const inputs = fields.map(([name, field]) => ({
    field,
    input: h('input', { name, value: view.settings[name] ?? '', required: field.required }),
  }))
  const form = h(
    'form',
    { class: 'widget_settings_block__fields', id: 'widget_settings__fields_wrapper' },
    ...inputs.map(({ field, input }) => h('label', { class: 'field' }, text(field.name), input)),
    h('button', { type: 'submit', class: 'js-widget-save' }, labels.save),
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    await post(place, '/settings', Object.fromEntries(inputs.map(({ input }) => [input.name, input.value])))
    onSave()
    form.append(h('p', { role: 'status' }, labels.saved))
  })
  return h(
    'main',
    { class: `modal widget-settings__modal ${WIDGET_CODE}` },
    h('img', { src: `${WIDGET_PATH}/images/logo_main.png`, alt: '', width: '200', height: '136' }),
    h('h1', {}, text('widget.name')),
    h('p', {}, text('widget.description')),
    h('div', { class: 'widget_settings_block' }, form),
  )
}
