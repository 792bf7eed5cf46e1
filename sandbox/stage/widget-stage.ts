import type { StageArea } from './stage-areas.ts'
import { openArchive, type WidgetArchive } from './widget-archive.ts'

export const STAGE_PATH = '/_sandbox/stage'

export interface StagePlace {
  readonly area?: StageArea
  /** Of a card; 0: a new one, not saved yet. */
  readonly id?: number
  readonly account?: number
  readonly user?: number
  readonly lang?: string
  /** What the platform's one-time tokens are like. */
  readonly token?: 'fresh' | 'expired' | 'foreign'
}

/** Where an uploaded widget is looked at as in the platform's interface. */
export class WidgetStage {
  readonly #origin: () => string
  #archive: WidgetArchive | null = null
  /** As an administrator saved them. */
  settings: Readonly<Record<string, string>> = {}

  constructor(origin: () => string) {
    this.#origin = origin
  }

  /** Null: no widget was uploaded. */
  get archive(): WidgetArchive | null {
    return this.#archive
  }

  /** Uploads a widget, in place of an earlier one; throws where a file is missing. */
  upload(zip: Uint8Array): void {
    this.#archive = openArchive(zip)
  }

  /** Address of a page that shows the widget. */
  address(place: StagePlace = {}): string {
    const url = new URL(STAGE_PATH, this.#origin())
    for (const [name, value] of Object.entries(place)) url.searchParams.set(name, String(value))
    return url.href
  }
}
