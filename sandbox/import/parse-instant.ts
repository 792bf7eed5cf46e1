const FORMS: readonly { readonly form: RegExp; readonly order: readonly [number, number, number] }[] = [
  { form: /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?$/, order: [1, 2, 3] },
  { form: /^(\d{4})(\d{2})(\d{2})$/, order: [1, 2, 3] },
  { form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/, order: [3, 2, 1] },
  { form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/, order: [3, 1, 2] },
]

/**
 * Unix seconds of a date with or without a time of day, taken as UTC: `1997-01-31`, `2010-12-01 08:26`, `19970131`,
 * `31.01.1997`, `1/31/1997 8:26`. Null: no such day, or another form.
 */
export function parseInstant(text: string): number | null {
  for (const { form, order } of FORMS) {
    const match = form.exec(text.trim())
    if (match === null) continue
    const [year = 0, month = 0, day = 0] = order.map((group) => Number(match[group]))
    const [hour, minute, second] = [4, 5, 6].map((group) => Number(match[group] ?? 0))
    const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
    const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour
    return isReal ? date.getTime() / 1000 : null
  }
  return null
}
