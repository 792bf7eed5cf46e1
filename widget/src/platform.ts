/** What amoCRM and Kommo put around a widget, as far as it is used here (developers’ guide, script.js). */

/** The part of jQuery that is used: the platform hands its own copy over. */
export interface Jqxhr {
  then(done: (body: unknown) => void, failed: (answer: FailedAnswer) => void): unknown
}

export interface FailedAnswer {
  /** 0: no answer came. */
  readonly status?: number
  readonly responseJSON?: unknown
  readonly responseText?: string
}

export interface AjaxRequest {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly data?: string
  readonly contentType?: string
  readonly dataType: 'json'
  readonly timeout: number
}

export interface WidgetSettings {
  readonly widget_code: string
  /** Address of the widget’s own files, without a slash at its end. */
  readonly path?: string
  readonly version?: string
  readonly service_url?: string
}

/** An item of a list that is ticked; `type` tells contacts from companies. */
export interface SelectedItem {
  readonly id: number | string
  readonly type?: string
}

/** The widget object as the platform makes it. */
export interface PlatformWidget {
  params?: { readonly path?: string; readonly widget_code?: string }
  callbacks?: Readonly<Record<string, unknown>>
  system(): { readonly area?: string }
  get_settings(): WidgetSettings
  get_version?(): string
  /** A text or a branch of the language file, by its path. */
  i18n(path: string): unknown
  render(template: { readonly data: string }, params: object): string
  render_template(template: {
    readonly caption: { readonly class_name: string }
    readonly body: string
    readonly render: string
  }): unknown
  list_selected?(): { readonly selected?: readonly SelectedItem[] }
  /** jQuery’s ajax with a one-time token of the platform in `X-Auth-Token`. */
  $authorizedAjax(request: AjaxRequest): Jqxhr
}

interface Notifications {
  show_message?(message: { readonly header: string; readonly text: string }): void
  show_message_error?(message: { readonly header: string; readonly text: string }): void
}

interface PlatformGlobal {
  readonly data?: { readonly current_card?: { readonly id?: number | string } | undefined }
  readonly notifications?: Notifications
  constant?(name: string): { readonly id?: number | string } | undefined
}

declare global {
  interface Window {
    APP?: PlatformGlobal
    AMOCRM?: PlatformGlobal
  }
}

const platform = (): PlatformGlobal => window.APP ?? window.AMOCRM ?? {}

/** Null: the page does not tell. */
export const accountId = (): number | null => positive(platform().constant?.('account')?.id)

/** Null: the card is new and not saved yet. */
export const currentCardId = (): number | null => positive(platform().data?.current_card?.id)

export const notifications = (): Notifications => platform().notifications ?? {}

const positive = (value: unknown): number | null => {
  const id = Number(value)
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

const ENTITIES = { lcard: 'lead', ccard: 'contact', comcard: 'company' } as const

export type CardEntity = (typeof ENTITIES)[keyof typeof ENTITIES]

/** What kind of card the widget stands on; null: on none. */
export const cardEntity = (widget: PlatformWidget): CardEntity | null => {
  const area = widget.system().area ?? ''
  return area === 'lcard' || area === 'ccard' || area === 'comcard' ? ENTITIES[area] : null
}
