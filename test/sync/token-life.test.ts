import { describe, expect, it } from 'vitest'
import type { TokenPair } from '../../src/amocrm/token-store.ts'
import { tokenLife } from '../../src/sync/queries/token-life.ts'

const DAY = 86_400
const vaultOf = (pair: TokenPair | null) => ({ readTokens: async () => pair })

describe('the life of an account’s tokens', () => {
  it('follows from when the pair was given: a day and three months', async () => {
    const pair = { accessToken: 'a', refreshToken: 'r', expiresAt: 2_000_000_000_000 }
    expect(await tokenLife(vaultOf(pair), 1)).toEqual({
      ...{ kind: 'oauth', givenAt: 2_000_000_000 - DAY, accessUntil: 2_000_000_000 },
      refreshUntil: 2_000_000_000 + 89 * DAY,
    })
  })

  it('is not known of a token whose end is not', async () => {
    const unknown = { givenAt: null, accessUntil: null, refreshUntil: null }
    const pair = { accessToken: 'a', refreshToken: 'r', expiresAt: null }
    expect(await tokenLife(vaultOf(pair), 1)).toEqual({ kind: 'oauth', ...unknown })
    expect(await tokenLife(vaultOf({ ...pair, refreshToken: null }), 1)).toEqual({ kind: 'long_lived', ...unknown })
  })

  it('is nothing where there are none, or none that can be read', async () => {
    expect(await tokenLife(vaultOf(null), 1)).toBeNull()
    expect(await tokenLife({ readTokens: () => Promise.reject(new Error('no key')) }, 1)).toBeNull()
    expect(await tokenLife(undefined, 1)).toBeNull()
  })
})
