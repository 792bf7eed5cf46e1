/** A growing list of numbers without an object for each: half a million deals stay within some megabytes. */
export class Column {
  #values: Float64Array | Uint32Array | Uint8Array
  #length = 0

  constructor(kind: 'float' | 'index' | 'small') {
    this.#values =
      kind === 'float' ? new Float64Array(FIRST) : kind === 'index' ? new Uint32Array(FIRST) : new Uint8Array(FIRST)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = grown(this.#values)
    this.#values[this.#length] = value
    this.#length += 1
  }

  at(row: number): number {
    return this.#values[row] ?? 0
  }
}

const FIRST = 256

const grown = (values: Float64Array | Uint32Array | Uint8Array): typeof values => {
  const size = values.length * 2
  const more =
    values instanceof Float64Array
      ? new Float64Array(size)
      : values instanceof Uint32Array
        ? new Uint32Array(size)
        : new Uint8Array(size)
  more.set(values)
  return more
}
