/** What a text of an action may name in braces, e.g. `Позвонить: {segment}, {reason}`. */
export const PLACEHOLDERS = [
  'segment',
  'previous',
  'reason',
  'purchases',
  'ltv',
  'averageCheck',
  'lastPurchase',
  'daysSinceLastPurchase',
  'clientId',
  'dealId',
] as const

export type Placeholder = (typeof PLACEHOLDERS)[number]

const IN_BRACES = /\{([^{}]*)\}/g

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name)

/** Names in braces that no text can be given for. */
export const unknownPlaceholders = (template: string): string[] =>
  [...template.matchAll(IN_BRACES)].map((match) => (match[1] ?? '').trim()).filter((name) => !isPlaceholder(name))

/** The text with every known name in braces replaced; others stay as they are. */
export const fillTemplate = (template: string, value: (name: Placeholder) => string): string =>
  template.replace(IN_BRACES, (whole, inner: string) => {
    const name = inner.trim()
    return isPlaceholder(name) ? value(name) : whole
  })
