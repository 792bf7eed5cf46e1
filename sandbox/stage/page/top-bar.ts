import { STAGE_AREAS } from '../stage-areas.ts'
import { h } from './dom.ts'
import type { Labels } from './labels.ts'
import { addressOf, type Place } from './place.ts'
import type { View } from './view.ts'

const AREAS = Object.keys(STAGE_AREAS) as (keyof typeof STAGE_AREAS)[]
const TOKENS = ['fresh', 'expired', 'foreign'] as const

/** Where one goes, as whom and in which language: everything that is of the sandbox and not of the platform. */
export function topBar(place: Place, view: View, labels: Labels): HTMLElement {
  const users = view.users.map(({ id, name, isAdmin }) => ({
    value: String(id),
    name: `${name}, ${isAdmin ? labels.admin : labels.manager}`,
  }))
  const languages = view.manifest.widget.locale.map((value) => ({ value, name: value }))
  const tokens = TOKENS.map((value) => ({ value, name: labels[value] }))
  return h(
    'header',
    { class: 'bar' },
    h('b', { class: 'bar__title' }, labels.sandbox),
    h(
      'nav',
      { class: 'bar__areas', 'aria-label': labels.sandbox },
      ...AREAS.map((area) => areaLink(area, place, labels)),
    ),
    choice(labels.user, users, place.user ?? users[0]?.value ?? '', (user) => go({ ...place, user })),
    choice(labels.language, languages, place.lang, (lang) => go({ ...place, lang })),
    choice(labels.token, tokens, place.token ?? 'fresh', (token) => go({ ...place, token })),
  )
}

function areaLink(area: keyof typeof STAGE_AREAS, place: Place, labels: Labels): HTMLElement {
  const isHere = area === place.area
  const href = addressOf({ ...place, area, id: isHere ? place.id : 0 })
  return h('a', { href, class: 'bar__area', ...(isHere ? { 'aria-current': 'page' } : {}) }, labels[area])
}

function choice(
  label: string,
  options: readonly { readonly value: string; readonly name: string }[],
  chosen: string,
  onChoice: (value: string) => void,
): HTMLElement {
  const select = h(
    'select',
    {},
    ...options.map(({ value, name }) => h('option', { value, selected: value === chosen }, name)),
  )
  select.addEventListener('change', () => onChoice(select.value))
  return h('label', { class: 'bar__choice' }, `${label} `, select)
}

const go = (place: Place): void => window.location.assign(addressOf(place))
