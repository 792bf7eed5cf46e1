/** One value of a webhook body and the path to it: `leads[add][0][id]=5` is `['leads','add','0','id']` and `5`. */
export interface HookPair {
  readonly path: readonly string[]
  /** Empty when it is longer than any id, type or tag: other texts are not looked at. */
  readonly value: string
}

/** Nothing of use lies deeper: `unsorted[add][0][data][leads][0][id]` has seven parts. */
const MAX_DEPTH = 8
/** A longer key is not amoCRM's. */
const MAX_KEY_LENGTH = 400
const MAX_VALUE_LENGTH = 64
/** A tag's name, every letter of it six characters of escapes. */
const MAX_NAME_LENGTH = 2_000

/**
 * The pairs of a body, form-encoded or JSON, in their order. Never builds objects from keys, never throws: bad escapes
 * stay as they are, a broken key tail is dropped. Time is linear in the body's length.
 */
export function* hookPairs(rawBody: Buffer | string, contentType = ''): Generator<HookPair> {
  const json = looksLikeJson(rawBody, contentType) ? parseJson(String(rawBody)) : undefined
  if (typeof json === 'object' && json !== null) yield* jsonPairs(json, [])
  else yield* formPairs((typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody).toString('latin1'))
}

function looksLikeJson(rawBody: Buffer | string, contentType: string): boolean {
  if (/[/+]json\b/i.test(contentType)) return true
  const start = typeof rawBody === 'string' ? rawBody.slice(0, 100) : rawBody.toString('latin1', 0, 100)
  return /^[\s\xef\xbb\xbf\ufeff]*[{[]/.test(start)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** A list at the top is read as its elements one after another. */
function* jsonPairs(node: object, path: readonly string[], depth = 0): Generator<HookPair> {
  for (const [key, value] of Object.entries(node)) {
    const deeper = depth === 0 && Array.isArray(node) ? path : [...path, key]
    if (typeof value === 'object' && value !== null) {
      if (depth < MAX_DEPTH) yield* jsonPairs(value, deeper, depth + 1)
    } else if (value !== null) {
      yield { path: deeper, value: shortOnly(String(value), longestAt(deeper)) }
    }
  }
}

/** @param body its bytes, each a character */
function* formPairs(body: string): Generator<HookPair> {
  for (let start = 0; start < body.length; ) {
    const ampersand = body.indexOf('&', start)
    const end = ampersand === -1 ? body.length : ampersand
    const pair = body.slice(start, end)
    const equals = pair.indexOf('=')
    const key = equals === -1 ? pair : pair.slice(0, equals)
    if (key.length <= MAX_KEY_LENGTH) {
      const path = splitKey(decode(key))
      const value = shortOnly(pair.slice(key.length + 1), longestAt(path))
      if (path.length <= MAX_DEPTH) yield { path, value: textOf(decode(value)) }
    }
    start = end + 1
  }
}

/** `a[b][c]` to its parts. An unclosed tail (`a[b][`) is dropped, as it names nothing. */
function splitKey(key: string): string[] {
  const name = key.startsWith('amp;') ? key.slice(4) : key
  const first = name.indexOf('[')
  if (first === -1) return [name]
  const parts = [name.slice(0, first)]
  for (let open = first; open !== -1; ) {
    const close = name.indexOf(']', open)
    if (close === -1) break
    parts.push(name.slice(open + 1, close))
    open = name.indexOf('[', close)
  }
  return parts
}

function longestAt(path: readonly string[]): number {
  const isTag = path.at(-1) === 'name' && path.at(-3) === 'tags'
  // Of an action in the Digital Pipeline: the name of a segment.
  const isSegment = path.at(-1) === 'segment' && path.at(-2) === 'settings'
  return isTag || isSegment ? MAX_NAME_LENGTH : MAX_VALUE_LENGTH
}

function shortOnly(value: string, longest: number): string {
  return value.length <= longest ? value : ''
}

const BEYOND_ASCII = /[\x80-\xff]/

function textOf(bytes: string): string {
  return BEYOND_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes
}

/** Byte by byte. Brackets first, as nearly every escape of a key is one. */
function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text
  const plain = text.replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('+', ' ')
  if (!plain.includes('%')) return plain
  return plain.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
