import { h } from './dom.ts'
import type { Labels } from './labels.ts'
import { addressOf, type Place } from './place.ts'
import { post, type View } from './view.ts'

const ACTS: Readonly<Record<string, string>> = {
  lcard: 'createDeal',
  ccard: 'createContact',
  comcard: 'createCompany',
}

/** A card with the right column in which widgets stand. `onSaved` is told the id of a new one. */
export function cardArea(place: Place, view: View, labels: Labels, onSaved: (id: number) => void): HTMLElement {
  const column = h('aside', { class: 'card-widgets', id: 'widgets_block', 'aria-label': 'Widgets' })
  return h(
    'main',
    { class: 'card', id: 'card_holder' },
    h('section', { class: 'card__fields' }, ...fieldsOf(place, view, labels, onSaved)),
    h('section', { class: 'card__feed' }, h('p', {}, labels.feed)),
    column,
  )
}

function fieldsOf(place: Place, view: View, labels: Labels, onSaved: (id: number) => void): readonly Node[] {
  const { card } = view
  const others = otherCards(place, view, labels)
  if (card === null && place.id !== 0) return [h('p', {}, labels.none), others]
  if (card === null) return [newCard(place, labels, onSaved), others]
  return [
    h('h1', {}, card.name),
    h('p', { class: 'card__number' }, `#${card.id}`),
    h('dl', {}, ...card.fields.flatMap(([field, value]) => [h('dt', {}, labels[field]), h('dd', {}, value)])),
    h('h2', {}, labels.tags),
    h('ul', { class: 'tags' }, ...card.tags.map((tag) => h('li', {}, tag))),
    h('h2', {}, labels.links),
    h('ul', {}, ...card.links.map(({ area, id, name }) => h('li', {}, cardLink({ ...place, area, id }, name)))),
    others,
  ]
}

function newCard(place: Place, labels: Labels, onSaved: (id: number) => void): HTMLElement {
  const name = h('input', { name: 'name', value: labels.newCard, 'aria-label': labels.name })
  const form = h('form', { class: 'card__new' }, h('h1', {}, labels.newCard), name)
  form.append(h('button', { type: 'submit' }, labels.save))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const id = await create(place, name.value)
    // As in the platform the page stays, and only its address tells the new card.
    window.history.replaceState(null, '', addressOf({ ...place, id }))
    form.replaceChildren(h('h1', {}, name.value), h('p', { class: 'card__number' }, `#${id}`))
    onSaved(id)
  })
  return form
}

/** A new deal comes with a new contact, as when it is typed into its card. */
async function create(place: Place, name: string): Promise<number> {
  const act = async (kind: string, body: object): Promise<number> =>
    (await post<{ result: number }>(place, `/../actions/${kind}`, body)).result
  const contact =
    place.area === 'lcard' ? { contactId: await act('createContact', { name, phone: '+79990001122' }) } : {}
  return act(ACTS[place.area] ?? 'createDeal', { name, ...contact })
}

function otherCards(place: Place, view: View, labels: Labels): HTMLElement {
  const list = view.cards.map(({ id, name }) => h('li', {}, cardLink({ ...place, id }, name)))
  const fresh = h('li', {}, cardLink({ ...place, id: 0 }, `+ ${labels.newCard}`))
  return h('details', { class: 'card__others' }, h('summary', {}, `${labels.open}…`), h('ul', {}, fresh, ...list))
}

const cardLink = (place: Place, name: string): HTMLElement => h('a', { href: addressOf(place) }, name)
