export interface Tag {
  readonly id: number
  readonly name: string
  readonly color: string | null
}

/** A tag named by a request: by id, or by name. */
export type TagRef = { readonly id: number } | { readonly name: string }

/** Tags of one entity type. Every type has a dictionary of its own: the same name has another id there. */
export class TagDictionary {
  readonly #byId = new Map<number, Tag>()
  readonly #byName = new Map<string, Tag>()
  readonly #nextId: () => number

  constructor(nextId: () => number) {
    this.#nextId = nextId
  }

  get all(): readonly Tag[] {
    return [...this.#byId.values()]
  }

  byId(id: number): Tag | undefined {
    return this.#byId.get(id)
  }

  byName(name: string): Tag | undefined {
    return this.#byName.get(name)
  }

  find(ref: TagRef): Tag | undefined {
    return 'id' in ref ? this.byId(ref.id) : this.byName(ref.name)
  }

  /** The tag of that name, made if there is none. */
  ensure(name: string, color: string | null = null): Tag {
    const known = this.#byName.get(name)
    if (known !== undefined) return known
    const tag = { id: this.#nextId(), name, color }
    this.#byId.set(tag.id, tag)
    this.#byName.set(name, tag)
    return tag
  }
}
