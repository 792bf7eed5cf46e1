import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { Look } from './arbitrary-case.ts'

/** Throws with the client and the instant where the two differ. */
export const expectAlike = (actual: unknown, expected: unknown, look: Look): void => {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, JSON.stringify(look)).toEqual(expected)
}
