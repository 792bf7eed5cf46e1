import { isDeepStrictEqual } from 'node:util'
import type { CardFacts, MirroredDeal } from '../store/client-doc.ts'

/** Whether two readings say the same, apart from when they were made. */
export function sameFacts<Part extends CardFacts | MirroredDeal>(a: Part, b: Part): boolean {
  return isDeepStrictEqual({ ...a, readAt: 0, wroteAt: 0 }, { ...b, readAt: 0, wroteAt: 0 })
}
