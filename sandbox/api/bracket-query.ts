/** A query in PHP's bracket notation: a value, or a map of further names. */
export type QueryNode = string | QueryMap
export type QueryMap = Map<string, QueryNode>

/** Parses `filter[id][]=1&filter[statuses][0][status_id]=2`; an empty bracket takes the next free number. */
export function parseBracketQuery(query: string): QueryMap {
  const root: QueryMap = new Map()
  for (const [name, value] of new URLSearchParams(query)) {
    const head = name.split('[', 1)[0] ?? name
    const inner = [...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
    put(root, [head, ...inner], value)
  }
  return root
}

function put(map: QueryMap, keys: readonly string[], value: string): void {
  const [first = '', ...rest] = keys
  const key = first === '' ? nextIndex(map) : first
  if (rest.length === 0) {
    map.set(key, value)
    return
  }
  const child = map.get(key)
  if (child instanceof Map) {
    put(child, rest, value)
    return
  }
  const made: QueryMap = new Map()
  map.set(key, made)
  put(made, rest, value)
}

function nextIndex(map: QueryMap): string {
  let next = map.size
  while (map.has(String(next))) next += 1
  return String(next)
}
