export type HookValue = string | number | boolean | null | undefined | HookFields | readonly HookValue[]

/** A nested body before it is flattened to bracket keys. */
export interface HookFields {
  readonly [key: string]: HookValue
}

/**
 * Form encoding as PHP's http_build_query does it: bracket keys, `+` for space, null left out, booleans as 1 and 0.
 * Platform: webhooks are `application/x-www-form-urlencoded`.
 */
export function formEncode(fields: HookFields): string {
  const parts: string[] = []
  for (const [key, value] of Object.entries(fields)) append(parts, encode(key), value)
  return parts.join('&')
}

function append(parts: string[], key: string, value: HookValue): void {
  if (value === null || value === undefined) return
  if (typeof value !== 'object') {
    const text = typeof value === 'boolean' ? (value ? '1' : '0') : encode(String(value))
    parts.push(`${key}=${text}`)
    return
  }
  for (const [inner, item] of Object.entries(value)) append(parts, `${key}%5B${encode(inner)}%5D`, item)
}

const PLAIN = /^[A-Za-z0-9_.-]*$/
const LEFT_BY_URI = /[!'()*~]/g

function encode(text: string): string {
  if (PLAIN.test(text)) return text
  return encodeURIComponent(text)
    .replace(LEFT_BY_URI, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
