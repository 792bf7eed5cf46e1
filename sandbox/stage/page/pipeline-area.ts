import { h } from './dom.ts'
import type { FormParts } from './settings-area.ts'
import { post } from './view.ts'
import { WIDGET_CODE, WIDGET_PATH } from './widget-object.ts'

/** The widget's action in the Digital Pipeline: a text field for each setting of the manifest, and a way to set it off. */
export function pipelineArea({ place, view, labels, text }: FormParts): HTMLElement {
  const inputs = Object.entries(view.manifest.dp?.settings ?? {}).map(([name, field]) => ({
    field,
    input: h('input', { name, type: 'text', required: field.required }),
  }))
  const rows = inputs.map(({ field, input }) =>
    h('div', { class: 'field' }, h('span', { title: text(field.name) }, text(field.name)), input),
  )
  const deals = h('select', { name: 'deal', 'aria-label': labels.lcard })
  deals.append(...view.cards.map(({ id, name }) => h('option', { value: String(id) }, `${name} #${id}`)))
  const answer = h('p', { role: 'status', class: 'pipeline__answer' })
  const run = h('button', { type: 'button' }, labels.run)
  run.addEventListener('click', async () => {
    const settings = Object.fromEntries(inputs.map(({ input }) => [input.name, input.value]))
    const { status } = await post<{ status: number }>(place, '/pipeline', { dealId: Number(deals.value), settings })
    answer.textContent = `${labels.answered}: ${status}`
  })
  const logo = h('img', { src: `${WIDGET_PATH}/images/logo_dp.png`, alt: '', width: '174', height: '109' })
  const short = h('div', { class: `digital-pipeline__short-task_widget-style_${WIDGET_CODE}` }, logo)
  return h(
    'main',
    { class: 'modal digital-pipeline__item' },
    h('div', {}, short),
    h('div', { 'data-action': 'send_widget_hook', class: 'pipeline' }, h('h1', {}, labels.trigger), ...rows),
    h('div', { class: 'pipeline__run' }, deals, run, answer),
  )
}
