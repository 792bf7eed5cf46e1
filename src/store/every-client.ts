import { LIFECYCLE_SEGMENTS } from '../segmentation/verdict.ts'
import type { ClientDoc } from './client-doc.ts'
import { clientKey } from './client-key.ts'
import type { Mirror } from './mirror.ts'

/**
 * Every client of an account, some hundreds at a time, each once. Who moves between segments while the walk is under way
 * may be missed: whoever moved him has just decided him.
 */
export async function* everyClient(mirror: Mirror, accountId: number): AsyncGenerator<ClientDoc[]> {
  const seen = new Set<string>()
  const sources = [...LIFECYCLE_SEGMENTS.map((segment) => mirror.members(accountId, segment)), mirror.unread(accountId)]
  for (const source of sources) {
    for await (const refs of source) {
      // Redis may name a member twice, even in one handful.
      const fresh = refs.filter((ref) => {
        const key = clientKey(ref)
        return !seen.has(key) && seen.add(key)
      })
      const docs = await Promise.all(fresh.map((ref) => mirror.read(accountId, ref)))
      yield docs.filter((doc) => doc !== null)
    }
  }
}
