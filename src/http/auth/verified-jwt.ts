import { compactVerify, errors } from 'jose'

/** What a token says; nothing of it is checked but that it was signed. */
export type SignedClaims =
  | { readonly type: 'signed'; readonly claims: unknown }
  /** No JWT, or of another algorithm than HS256. */
  | { readonly type: 'malformed' }
  | { readonly type: 'forged' }

/** Longer than any token amoCRM or this service makes. */
const LONGEST = 4_096

/** Checks the signature of a JWT. The algorithm is fixed: what the token names as its own is never followed. */
export const verifiedJwt = async (token: string, key: Uint8Array): Promise<SignedClaims> => {
  if (token.length > LONGEST) return { type: 'malformed' }
  try {
    const { payload } = await compactVerify(token, key, { algorithms: ['HS256'] })
    return { type: 'signed', claims: JSON.parse(Buffer.from(payload).toString('utf8')) }
  } catch (error) {
    return { type: error instanceof errors.JWSSignatureVerificationFailed ? 'forged' : 'malformed' }
  }
}
