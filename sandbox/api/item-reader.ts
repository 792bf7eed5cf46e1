import { type ItemError, Problem, validationProblem } from './problem.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Reads one item of a write request, gathering every fault with its path in place of stopping at the first. */
export class ItemReader {
  readonly errors: ItemError[]
  readonly requestId: string
  /** The object itself, unchecked. */
  readonly item: JsonObject
  readonly #prefix: string

  /** Readers of inner objects share the list of faults of the item they are in. */
  constructor(item: JsonObject, requestId: string, prefix = '', errors: ItemError[] = []) {
    this.errors = errors
    this.item = item
    this.requestId = requestId
    this.#prefix = prefix
  }

  has(key: string): boolean {
    return this.item[key] !== undefined
  }

  raw(key: string): unknown {
    return this.item[key]
  }

  refuse(code: string, path: string, detail: string): undefined {
    this.errors.push({ code, path: this.#prefix + path, detail })
  }

  /** Every key that is not allowed is a fault of its own. */
  onlyKeys(allowed: ReadonlySet<string>): void {
    for (const key of Object.keys(this.item)) {
      if (!allowed.has(key)) this.refuse('FieldNotExpected', key, 'This field was not expected.')
    }
  }

  require(...keys: readonly string[]): void {
    for (const key of keys) if (!this.has(key)) this.refuse('FieldMissing', key, 'This field is missing.')
  }

  text(key: string): string | undefined {
    return this.#typed(key, 'string', (value) => typeof value === 'string')
  }

  whole(key: string): number | undefined {
    return this.#typed(key, 'int', (value) => Number.isSafeInteger(value))
  }

  wholeOrNull(key: string): number | null | undefined {
    return this.item[key] === null ? null : this.whole(key)
  }

  flag(key: string): boolean | undefined {
    return this.#typed(key, 'bool', (value) => typeof value === 'boolean')
  }

  /** A list of objects, each with a reader of its own whose faults are gathered here. Null counts as empty. */
  objects(key: string): readonly ItemReader[] {
    const value = this.item[key]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      this.refuse('InvalidType', key, 'This value should be of type array.')
      return []
    }
    return value.flatMap((inner: unknown, at) => {
      const path = `${key}.${at}`
      if (isObject(inner)) return [this.#inner(inner, path)]
      this.refuse('InvalidType', path, 'This value should be of type object.')
      return []
    })
  }

  object(key: string): ItemReader | undefined {
    const value = this.item[key]
    if (value === undefined) return undefined
    if (isObject(value)) return this.#inner(value, key)
    return this.refuse('InvalidType', key, 'This value should be of type object.')
  }

  #inner(item: JsonObject, path: string): ItemReader {
    return new ItemReader(item, this.requestId, `${this.#prefix}${path}.`, this.errors)
  }

  #typed<T>(key: string, name: string, is: (value: unknown) => boolean): T | undefined {
    const value = this.item[key]
    if (value === undefined) return undefined
    if (is(value)) return value as T
    return this.refuse('InvalidType', key, `This value should be of type ${name}.`)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MOST_ITEMS = 250

/** Items of a collection request: a list of 1 to 250 objects (platform: limits). */
export function readBatch(body: unknown): readonly ItemReader[] {
  if (!Array.isArray(body)) throw new Problem(400, 'Request body must be an array')
  if (body.length === 0) throw new Problem(400, 'Request body must not be empty')
  if (body.length > MOST_ITEMS) throw new Problem(422, `At most ${MOST_ITEMS} items are allowed in one request`)
  return body.map((item: unknown, at) => {
    if (!isObject(item)) throw validationProblem([{ requestId: String(at), errors: [NOT_AN_OBJECT] }])
    return readerOf(item, String(at))
  })
}

const NOT_AN_OBJECT = { code: 'InvalidType', path: '', detail: 'This value should be of type object.' }

/** The one object of a request to `/{id}`. */
export function readSingle(body: unknown): ItemReader {
  if (!isObject(body)) throw new Problem(400, 'Request body must be an object')
  return readerOf(body, '0')
}

function readerOf(item: JsonObject, fallback: string): ItemReader {
  const given = item.request_id
  return new ItemReader(item, typeof given === 'string' || typeof given === 'number' ? String(given) : fallback)
}

/** Refuses the whole request if any item has a fault. */
export function throwFaults(readers: readonly ItemReader[]): void {
  const faulty = readers.filter(({ errors }) => errors.length > 0)
  if (faulty.length > 0) throw validationProblem(faulty)
}
