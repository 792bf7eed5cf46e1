import { type ClientRef, LIFECYCLE_SEGMENTS } from '../segmentation/verdict.ts'
import type { ClientDoc } from './client-doc.ts'
import { clientKey } from './client-key.ts'
import type { Mirror } from './mirror.ts'

/**
 * Every client of an account, some hundreds at a time, each once. Who moves between segments while the walk is under way
 * may be missed: whoever moved him has just decided him.
 */
export async function* everyClient(mirror: Mirror, accountId: number): AsyncGenerator<ClientDoc[]> {
  let reading: Promise<ClientDoc[]> = Promise.resolve([])
  for await (const refs of everyClientRef(mirror, accountId)) {
    const read = await reading
    // The next handful is on its way while the caller works on this one.
    reading = mirror.readMany(accountId, refs)
    reading.catch(() => undefined)
    if (read.length > 0) yield read
  }
  yield await reading
}

/** The same without their documents. */
export async function* everyClientRef(mirror: Mirror, accountId: number): AsyncGenerator<ClientRef[]> {
  const seen = new Set<string>()
  const sources = [...LIFECYCLE_SEGMENTS.map((segment) => mirror.members(accountId, segment)), mirror.unread(accountId)]
  for (const source of sources) {
    for await (const refs of source) {
      // Redis may name a member twice, even in one handful.
      yield refs.filter((ref) => {
        const key = clientKey(ref)
        return !seen.has(key) && seen.add(key)
      })
    }
  }
}
