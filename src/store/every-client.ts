import { LIFECYCLE_SEGMENTS } from '../segmentation/verdict.ts'
import type { ClientDoc } from './client-doc.ts'
import { clientKey } from './client-key.ts'
import type { Mirror } from './mirror.ts'

/**
 * Every client of an account, some hundreds at a time. A client that changes while the walk is under way is seen once
 * or, where he moves between segments, not at all or twice: whoever needs every one marks him due meanwhile.
 */
export async function* everyClient(mirror: Mirror, accountId: number): AsyncGenerator<ClientDoc[]> {
  const seen = new Set<string>()
  const sources = [...LIFECYCLE_SEGMENTS.map((segment) => mirror.members(accountId, segment)), mirror.unread(accountId)]
  for (const source of sources) {
    for await (const refs of source) {
      const fresh = refs.filter((ref) => !seen.has(clientKey(ref)))
      for (const ref of fresh) seen.add(clientKey(ref))
      const docs = await Promise.all(fresh.map((ref) => mirror.read(accountId, ref)))
      yield docs.filter((doc) => doc !== null)
    }
  }
}
