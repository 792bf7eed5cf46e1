import type { StageArea } from '../stage-areas.ts'

/** Where in the interface the page stands, and who looks; all of it is in the address. */
export interface Place {
  readonly area: StageArea
  /** 0: a new card, not saved yet. */
  readonly id: number
  readonly lang: string
  readonly account: string | null
  readonly user: string | null
  readonly token: string | null
}

export const placeOf = (search: string): Place => {
  const query = new URLSearchParams(search)
  return {
    area: (query.get('area') ?? 'lcard') as StageArea,
    id: Number(query.get('id') ?? 0),
    lang: query.get('lang') ?? 'ru',
    account: query.get('account'),
    user: query.get('user'),
    token: query.get('token'),
  }
}

/** The address of a place, of the page itself or of something it asks for. */
export const addressOf = (place: Place, path = ''): string => {
  const given = Object.entries(place).filter(([, value]) => value !== null)
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return `/_sandbox/stage${path}?${query}`
}
