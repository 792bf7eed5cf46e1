import type { ClientDoc, Decided } from './client-doc.ts'
import { clientKey } from './client-key.ts'
import { rowText } from './client-rows.ts'
import type { Keys } from './keys.ts'
import { stayChanges } from './stays.ts'

/** One command of the commit script: name, key, arguments (all as text: large numbers lose digits in Lua). */
export interface IndexCommand {
  readonly command:
    | 'ZADD'
    | 'ZREM'
    | 'SADD'
    | 'SREM'
    | 'HSET'
    | 'HDEL'
    | 'HDELIF'
    | 'CLAIM'
    | 'HINCRBY'
    | 'INCR'
    | 'XADD'
    | 'LPUSH'
    | 'LTRIM'
  readonly key: string
  readonly args: readonly string[]
}

/**
 * The index commands that follow from a change of a document: due index, segment members, deal → client, rows of
 * lists, stays in stages. The only place that writes them, so that they can't disagree with the documents.
 */
export function indexChanges(
  keys: Keys,
  accountId: number,
  before: ClientDoc | null,
  after: ClientDoc | null,
): IndexCommand[] {
  const ref = (after ?? before)?.ref
  if (!ref) return []
  const key = clientKey(ref)
  return [
    ...dueChange(keys.due(accountId), key, before?.dueAt ?? null, after?.dueAt ?? null),
    ...segmentChanges(keys, accountId, key, before?.decided ?? null, after?.decided ?? null),
    ...ownerChanges(keys, accountId, key, before, after),
    ...unreadChange(keys.unread(accountId), key, isUnread(before), isUnread(after)),
    ...rowChanges(keys, accountId, key, before, after),
    ...stayChanges(keys.stays(accountId), before, after),
  ]
}

/** The row follows the decision; the name, which every reading of the card brings, goes with the document alone. */
function rowChanges(
  keys: Keys,
  accountId: number,
  key: string,
  before: ClientDoc | null,
  after: ClientDoc | null,
): IndexCommand[] {
  const doc = after ?? before
  if (!doc) return []
  const [had, has] = [before && rowText(before), after && rowText(after)]
  const row = keys.rows(accountId, doc.ref)
  return [
    ...(had === has ? [] : [{ command: 'INCR', key: keys.rowsVersion(accountId), args: [] } as const]),
    ...(had !== has && has !== null ? [{ command: 'HSET', key: row, args: [key, has] } as const] : []),
    ...(had !== null && has === null ? [{ command: 'HDEL', key: row, args: [key] } as const] : []),
    ...(before && !after ? [{ command: 'HDEL', key: keys.names(accountId, doc.ref), args: [key] } as const] : []),
  ]
}

/** Deals are known, the client's own card is not. */
function isUnread(doc: ClientDoc | null): boolean {
  return doc !== null && doc.card === null
}

function unreadChange(unreadKey: string, key: string, before: boolean, after: boolean): IndexCommand[] {
  if (before === after) return []
  return [{ command: after ? 'SADD' : 'SREM', key: unreadKey, args: [key] }]
}

function dueChange(dueKey: string, key: string, before: number | null, after: number | null): IndexCommand[] {
  if (before === after) return []
  if (after === null) return [{ command: 'ZREM', key: dueKey, args: [key] }]
  return [{ command: 'ZADD', key: dueKey, args: [String(after), key] }]
}

/** Segments a client is counted in, as `dimension` → `segment`. */
export function countedSegments(decided: Decided | null): Record<string, string | null> {
  if (!decided) return {}
  const { lifecycle, temperature, standing, tier } = decided
  const rules = Object.fromEntries(decided.rules.map((rule) => [`rule:${rule.split('#')[0]}`, 'match']))
  return { lifecycle, temperature, standing, tier, ...rules }
}

function segmentChanges(
  keys: Keys,
  accountId: number,
  key: string,
  before: Decided | null,
  after: Decided | null,
): IndexCommand[] {
  const from = countedSegments(before)
  const to = countedSegments(after)
  const changes: IndexCommand[] = []
  for (const dimension of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [left, joined] = [from[dimension] ?? null, to[dimension] ?? null]
    if (left === joined) continue
    if (left !== null) changes.push({ command: 'SREM', key: keys.segment(accountId, dimension, left), args: [key] })
    if (joined !== null) changes.push({ command: 'SADD', key: keys.segment(accountId, dimension, joined), args: [key] })
  }
  return changes
}

function ownerChanges(
  keys: Keys,
  accountId: number,
  key: string,
  before: ClientDoc | null,
  after: ClientDoc | null,
): IndexCommand[] {
  const had = new Set(before?.deals.map((deal) => deal.id))
  const has = new Map(after?.deals.map((deal) => [deal.id, deal.readAt]))
  const changes: IndexCommand[] = []
  for (const id of had) {
    if (has.has(id)) continue
    const bucket = keys.dealBucket(accountId, id)
    changes.push({ command: 'HDELIF', key: bucket.key, args: [bucket.field, key] })
  }
  for (const [id, readAt] of has) {
    if (had.has(id)) continue
    const bucket = keys.dealBucket(accountId, id)
    changes.push({ command: 'CLAIM', key: bucket.key, args: [bucket.field, key, String(readAt)] })
  }
  return changes
}
