import { h } from './dom.ts'
import type { Labels } from './labels.ts'
import { addressOf, type Place } from './place.ts'
import type { View } from './view.ts'

export interface ListArea {
  readonly element: HTMLElement
  selected(): readonly { readonly id: number; readonly type: string }[]
}

/** A list with the bar of actions on what is ticked; `onWidget` is the widget's place in it. */
export function listArea(place: Place, view: View, labels: Labels, name: string, onWidget: () => void): ListArea {
  const isLeads = place.area === 'llist'
  const boxes = view.cards.map((card) => ({ card, box: h('input', { type: 'checkbox', 'aria-label': card.name }) }))
  const count = h('span', {})
  const act = h('button', { type: 'button', class: 'list__act' }, name)
  act.addEventListener('click', onWidget)
  const bar = h('div', { class: 'list__bar', hidden: true }, count, act)
  const selected = () => boxes.filter(({ box }) => box.checked)
  const rows = boxes.map(({ card, box }) => {
    box.addEventListener('change', () => {
      bar.hidden = selected().length === 0
      count.textContent = `${labels.selected}: ${selected().length}`
    })
    const href = addressOf({ ...place, area: isLeads ? 'lcard' : 'ccard', id: card.id })
    const tags = h('ul', { class: 'tags' }, ...card.tags.map((tag) => h('li', {}, tag)))
    return h('tr', {}, h('td', {}, box), h('td', {}, h('a', { href }, card.name)), h('td', {}, tags))
  })
  return {
    element: h('main', { class: 'list' }, bar, h('table', {}, h('tbody', {}, ...rows))),
    selected: () => selected().map(({ card }) => ({ id: card.id, type: isLeads ? 'lead' : 'contact' })),
  }
}
