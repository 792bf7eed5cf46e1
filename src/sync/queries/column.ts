/** Values in a piece of a column: small enough for two hundred small accounts, large enough for half a million rows. */
const PIECE = 1024

const KINDS = { float: Float64Array, index: Uint32Array, small: Uint8Array } as const

/**
 * A growing list of numbers without an object for each: half a million deals stay within some megabytes. It grows by
 * pieces, so that nothing is copied and no copies wait to be cleared away.
 */
export class Column {
  readonly #kind: keyof typeof KINDS
  readonly #pieces: (Float64Array | Uint32Array | Uint8Array)[] = []
  #length = 0

  constructor(kind: keyof typeof KINDS) {
    this.#kind = kind
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    const place = this.#length % PIECE
    const piece = place === 0 ? new KINDS[this.#kind](PIECE) : this.#pieces.at(-1)
    if (piece === undefined) throw new RangeError('a column that is not empty has a piece')
    if (place === 0) this.#pieces.push(piece)
    piece[place] = value
    this.#length += 1
  }

  at(row: number): number {
    return this.#pieces[Math.floor(row / PIECE)]?.[row % PIECE] ?? 0
  }
}
