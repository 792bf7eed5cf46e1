import type { z } from 'zod'
import type { accountSchema } from '../../src/http/api/accounts/account-schemas.ts'
import { openFrameWindow } from './frame-window.ts'
import type { PlatformWidget } from './platform.ts'
import { type Service, troubleOf } from './service.ts'
import template from './templates/status.twig?raw'
import { serviceLanguage, type Words } from './words.ts'

type Account = z.output<typeof accountSchema>

/** Where the platform keeps the fields of a widget’s settings, newest first. */
const PLACES = ['.widget_settings_block', '#widget_settings__fields_wrapper']

/** Shows in the settings of the widget, whose window the platform hands over, how its connection is. */
export const showStatus = async (
  widget: PlatformWidget,
  service: Service,
  words: Words,
  modal: Element | undefined,
): Promise<void> => {
  const host = PLACES.map((place) => (modal ?? document).querySelector(place)).find((found) => found !== null) ?? modal
  if (host === undefined) return
  host.querySelector('.amo-segments__status')?.remove()
  const root = document.createElement('div')
  root.className = 'amo-segments amo-segments__status'
  host.prepend(root)
  const show = (state: StatusState): void => {
    root.innerHTML = widget.render({ data: template }, { ...state, title: words.status.title, open: words.status.open })
    root.querySelector('button')?.addEventListener('click', () => {
      openFrameWindow(words, { service, language: serviceLanguage(words), page: '/policy' })
    })
  }
  show({ tone: 'wait', text: words.status.checking, lines: [], isUp: false })
  try {
    show(statusOf(await service.ofAccount<Account>({ method: 'GET', path: '' }), words))
  } catch (error) {
    show({ tone: 'bad', text: words.errors[troubleOf(error)], lines: [], isUp: false })
  }
}

interface StatusState {
  readonly tone: 'wait' | 'good' | 'warn' | 'bad'
  readonly text: string
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  readonly isUp: boolean
}

const statusOf = (account: Account, { status: words, service_lang }: Words): StatusState => {
  const number = new Intl.NumberFormat(service_lang).format(account.clients)
  const lines = [
    { label: words.clients, value: number },
    ...(account.hooks === 'unavailable' ? [{ label: words.hooks_off, value: '' }] : []),
  ]
  const shown = { lines, isUp: true }
  const { backfill } = account
  if (account.status === 'disconnected') return { tone: 'bad', text: words.disconnected, lines: [], isUp: false }
  if (account.pausedBy !== null) return { ...shown, tone: 'warn', text: words.paused }
  if (account.status === 'paused') return { ...shown, tone: 'warn', text: words.trouble }
  if (backfill === null || backfill.phase !== 'done') {
    const value = `${Math.round((backfill?.share ?? 0) * 100)}%`
    return { tone: 'wait', text: '', lines: [{ label: words.reading, value }, ...lines], isUp: true }
  }
  return { ...shown, tone: 'good', text: words.active }
}
