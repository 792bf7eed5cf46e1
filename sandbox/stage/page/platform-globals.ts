import { h } from './dom.ts'
import type { Place } from './place.ts'
import type { View } from './view.ts'

const TOAST_MS = 6_000

const ENTITIES: Readonly<Record<string, string>> = { lcard: 'leads', ccard: 'contacts', comcard: 'companies' }

interface Message {
  readonly header: string
  readonly text: string
}

/** `APP` and `AMOCRM` as scripts of widgets find them. Answers how to tell that a new card was saved. */
export function setPlatformGlobals(place: Place, view: View): { saved(id: number): void } {
  const card = { id: place.id }
  const user = view.users.find(({ id }) => id === Number(place.user)) ?? view.users[0]
  const constants: Readonly<Record<string, unknown>> = {
    account: { ...view.account, language: place.lang },
    user,
    managers: Object.fromEntries(view.users.map((one) => [one.id, { ...one, title: one.name, active: true }])),
  }
  const entity = ENTITIES[place.area]
  const platform = {
    lang_id: place.lang,
    data: {
      current_card: entity === undefined ? undefined : card,
      current_entity: entity,
      is_card: entity !== undefined,
    },
    isCard: () => entity !== undefined,
    getBaseEntity: () => entity ?? '',
    getWidgetsArea: () => place.area,
    constant: (name: string) => constants[name],
    notifications: {
      show_message: (message: Message) => toast(message, 'done'),
      show_message_error: (message: Message) => toast(message, 'failed'),
    },
  }
  Object.assign(window, { APP: platform, AMOCRM: platform })
  return {
    saved: (id) => {
      card.id = id
    },
  }
}

function toast({ header, text }: Message, kind: string): void {
  const shown = h('div', { class: `toast toast_${kind}`, role: 'status' }, h('b', {}, header), h('p', {}, text))
  document.body.append(shown)
  setTimeout(() => shown.remove(), TOAST_MS)
}
