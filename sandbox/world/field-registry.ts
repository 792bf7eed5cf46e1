export const FIELD_TYPES = [
  'text',
  'numeric',
  'checkbox',
  'select',
  'multiselect',
  'date',
  'url',
  'textarea',
  'radiobutton',
  'streetaddress',
  'birthday',
  'date_time',
  'price',
  'monetary',
  'tracking_data',
  'multitext',
] as const

export type FieldType = (typeof FIELD_TYPES)[number]

export interface FieldEnum {
  readonly id: number
  readonly value: string
  readonly code: string | null
  readonly sort: number
}

export interface Field {
  readonly id: number
  readonly name: string
  readonly type: FieldType
  readonly code: string | null
  readonly sort: number
  readonly isApiOnly: boolean
  readonly isPredefined: boolean
  readonly enums: readonly FieldEnum[]
}

export interface FieldDraft {
  readonly name: string
  readonly type: FieldType
  readonly code?: string | null
  readonly isApiOnly?: boolean
  readonly isPredefined?: boolean
  readonly enums?: readonly { readonly value: string; readonly code?: string | null }[]
}

/** Custom fields of one entity type. */
export class FieldRegistry {
  readonly #byId = new Map<number, Field>()
  readonly #byCode = new Map<string, Field>()
  readonly #nextId: () => number

  constructor(nextId: () => number) {
    this.#nextId = nextId
  }

  get all(): readonly Field[] {
    return [...this.#byId.values()]
  }

  byId(id: number): Field | undefined {
    return this.#byId.get(id)
  }

  byCode(code: string): Field | undefined {
    return this.#byCode.get(code)
  }

  add(draft: FieldDraft): Field {
    return this.put({
      id: this.#nextId(),
      name: draft.name,
      type: draft.type,
      code: draft.code ?? null,
      sort: 500 + this.#byId.size,
      isApiOnly: draft.isApiOnly ?? false,
      isPredefined: draft.isPredefined ?? false,
      enums: this.enumsOf(draft.enums ?? []),
    })
  }

  put(field: Field): Field {
    this.#byId.set(field.id, field)
    if (field.code !== null) this.#byCode.set(field.code, field)
    return field
  }

  enumsOf(drafts: readonly { readonly value: string; readonly code?: string | null }[]): readonly FieldEnum[] {
    return drafts.map((item, at) => ({ id: this.#nextId(), value: item.value, code: item.code ?? null, sort: at }))
  }
}
