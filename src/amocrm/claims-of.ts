/**
 * What an access token says (amoCRM, OAuth: `account_id`, `api_domain`, `exp`). Nothing proves it, so it decides about
 * nothing: it is a hint to whom the token may belong and whom to ask. Null: the token is none of that form.
 */
export function claimsOf(accessToken: string): Readonly<Record<string, unknown>> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? { ...claims } : null
  } catch {
    return null
  }
}
