import { LIFECYCLE_SEGMENTS } from '../segmentation/verdict.ts'
import type { AccountContext } from './account-context.ts'

/** Clients the mirror holds, those whose own card was not read yet included. */
export async function countClients({ id, mirror }: AccountContext): Promise<number> {
  const counts = LIFECYCLE_SEGMENTS.map((segment) => mirror.count(id, 'lifecycle', segment))
  return (await Promise.all([...counts, mirror.countUnread(id)])).reduce((sum, count) => sum + count, 0)
}
