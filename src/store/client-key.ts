import type { ClientRef } from '../segmentation/verdict.ts'

/** Short name of a client in keys and indexes: `c5` is contact 5, `k7` company 7. */
export function clientKey(ref: ClientRef): string {
  return `${ref.kind === 'contact' ? 'c' : 'k'}${ref.id}`
}

/** The client a key names; null for anything else. */
export function parseClientKey(key: string): ClientRef | null {
  const match = /^([ck])(\d{1,16})$/.exec(key)
  if (!match) return null
  return { kind: match[1] === 'c' ? 'contact' : 'company', id: Number(match[2]) }
}

export function sameClient(a: ClientRef, b: ClientRef): boolean {
  return a.kind === b.kind && a.id === b.id
}
