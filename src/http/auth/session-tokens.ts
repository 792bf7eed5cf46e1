import { hkdfSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { z } from 'zod'
import type { User } from './caller.ts'
import { verifiedJwt } from './verified-jwt.ts'

/** How long a session lives, s. It is not renewed: a new one-time token makes a new one. */
const LIFE_S = 30 * 60

const AUDIENCE = 'amo-segments:session'

const Claims = z.object({
  aud: z.literal(AUDIENCE),
  exp: z.number(),
  account: z.int().positive(),
  user: z.int().positive(),
  admin: z.boolean(),
})

export interface Session {
  readonly token: string
  /** Seconds. */
  readonly expiresAt: number
}

/** Short sessions of the web page, signed with a key derived from the encryption key; nothing is stored. */
export class SessionTokens {
  readonly #keys: readonly Uint8Array[]

  /** @param encryptionKeys newest first: the first signs, all are believed. */
  constructor(encryptionKeys: readonly Buffer[]) {
    this.#keys = encryptionKeys.map((key) => new Uint8Array(hkdfSync('sha256', key, '', AUDIENCE, 32)))
  }

  /** @param now seconds. */
  async issue({ accountId, userId, isAdmin }: User, now: number): Promise<Session> {
    const [key] = this.#keys
    if (key === undefined) throw new Error('sessions need an encryption key')
    const expiresAt = now + LIFE_S
    const token = await new SignJWT({ account: accountId, user: userId, admin: isAdmin })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(key)
    return { token, expiresAt }
  }

  /** Null: not a session of ours, or over. */
  async read(token: string, now: number): Promise<User | null> {
    for (const key of this.#keys) {
      const verified = await verifiedJwt(token, key)
      if (verified.type !== 'signed') continue
      const parsed = Claims.safeParse(verified.claims)
      if (!parsed.success || parsed.data.exp <= now) return null
      const { account: accountId, user: userId, admin: isAdmin } = parsed.data
      return { type: 'user', accountId, userId, isAdmin }
    }
    return null
  }
}
