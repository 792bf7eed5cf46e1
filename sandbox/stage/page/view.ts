import type { StageView } from '../stage-view.ts'
import type { WidgetManifest } from '../widget-archive.ts'
import { addressOf, type Place } from './place.ts'

/** What the sandbox tells the page: the account, the card, the uploaded widget. */
export interface View extends StageView {
  readonly manifest: WidgetManifest
  readonly languages: Readonly<Record<string, unknown>>
  readonly clientId: string
  readonly settings: Readonly<Record<string, string>>
}

export const readView = async (place: Place): Promise<View> => {
  const answer = await fetch(addressOf(place, '/view'))
  const body = await answer.json()
  if (!answer.ok) throw new Error(body.detail ?? body.title ?? `The sandbox answered ${answer.status}`)
  return body as View
}

export const post = async <Body>(place: Place, path: string, body: unknown): Promise<Body> => {
  const answer = await fetch(addressOf(place, path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Body
}
