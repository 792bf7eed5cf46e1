import type { ClientRef } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { clientKey, parseClientKey } from '../store/client-key.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'

/** A merge tells of the winner's new deals and of the loser's end in any order, and repeats what got lost for 95 minutes. */
const REMEMBERED_S = 86_400

/** Remembers who got deals of a client: if that one is gone soon, he was merged into him. */
export async function noteHeir({ notes }: AccountContext, from: ClientRef, to: ClientRef): Promise<void> {
  await notes.keep(heirNote(from), clientKey(to), REMEMBERED_S)
}

/**
 * Gives what only we know of a client that is gone to who got his deals: since when he wrote, and the segments set by hand
 * (the heir's own count first). May be repeated. Answers the heir if that was news to him.
 */
export async function bequeath(context: AccountContext, gone: ClientDoc): Promise<ClientRef[]> {
  if (gone.incomingAt === null && gone.locks.length === 0) return []
  const heir = parseClientKey((await context.notes.kept(heirNote(gone.ref))) ?? '')
  if (!heir) return []
  const { before, after } = await context.mirror.update(context.id, heir, (doc) => doc && inherit(context, doc, gone))
  return before === after ? [] : [heir]
}

function inherit(context: AccountContext, doc: ClientDoc, gone: ClientDoc): ClientDoc {
  const known = new Set(doc.locks.map((lock) => JSON.stringify(lock)))
  const locks = gone.locks.filter((lock) => !known.has(JSON.stringify(lock)))
  const incomingAt = Math.min(doc.incomingAt ?? Number.POSITIVE_INFINITY, gone.incomingAt ?? Number.POSITIVE_INFINITY)
  const isEarlier = Number.isFinite(incomingAt) && incomingAt !== doc.incomingAt
  if (!isEarlier && locks.length === 0) return doc
  return {
    ...doc,
    incomingAt: isEarlier ? incomingAt : doc.incomingAt,
    // Of several locks in force the one set last counts.
    locks: [...locks, ...doc.locks],
    dueAt: nowSeconds(context),
  }
}

function heirNote(ref: ClientRef): string {
  return `heir:${clientKey(ref)}`
}
