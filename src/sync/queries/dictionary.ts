/** Few values that stand in many rows, each by a number. */
export class Dictionary<Value> {
  readonly #numbers = new Map<Value, number>()
  readonly #values: Value[] = []

  numberOf(value: Value): number {
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    this.#numbers.set(value, this.#values.length)
    return this.#values.push(value) - 1
  }

  valueOf(number: number): Value {
    const value = this.#values[number]
    if (value === undefined) throw new RangeError(`no value has the number ${number}`)
    return value
  }

  values(): readonly Value[] {
    return this.#values
  }
}
