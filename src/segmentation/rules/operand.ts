/** Half-open interval [from, to) of doubles: every order comparison is one, see {@link justAbove}. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * What a comparison compares with, made ready: names are ids, days are seconds, texts are folded. Negated ops have the
 * operand of the op they negate.
 */
export type Operand =
  | { readonly type: 'present' }
  /** The value lies in one of the spans. */
  | { readonly type: 'value_in'; readonly spans: readonly Span[] }
  /** The seconds passed since the value lie in the span. */
  | { readonly type: 'age_in'; readonly span: Span }
  /** One of the values is one of these: folded texts, ids or truth values. */
  | { readonly type: 'one_of'; readonly members: ReadonlySet<string | number | boolean> }
  /** One of the values holds this folded text. */
  | { readonly type: 'part'; readonly text: string }

/** The least double above a finite one: `x <= c` is `x < justAbove(c)`. */
export const justAbove = (value: number): number => {
  if (value === 0) return Number.MIN_VALUE
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n))
  return view.getFloat64(0)
}

/** Text as it is compared: letter case and outer spaces aside. */
export const folded = (text: string): string => text.trim().toLowerCase()
