import type { ApiProblem } from '../api/api-problem.ts'

const problem = (status: number, code: string, title: string, detail: string): ApiProblem => ({
  status,
  code,
  title,
  detail,
})

const badToken = (code: string, detail: string) => problem(401, code, 'Token refused', detail)
const forbidden = (code: string, detail: string) => problem(403, code, 'Not allowed', detail)

/** Each reason for which a caller is turned away, with its own code and sentence. */
export const AUTH_PROBLEMS = {
  missing: problem(
    401,
    'token_missing',
    'Token needed',
    'Send amoCRM’s one-time token in X-Auth-Token, or a session (POST /api/v1/session) as Authorization: Bearer.',
  ),
  onlyOneTime: problem(
    401,
    'one_time_token_needed',
    'Token needed',
    'A session is given for amoCRM’s one-time token in X-Auth-Token alone.',
  ),
  notSetUp: problem(
    503,
    'tokens_not_set_up',
    'Not set up',
    'One-time tokens cannot be checked: AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET or the redirect address is not set.',
  ),
  malformed: badToken('token_malformed', 'This is no token of amoCRM: a JWT signed with HS256 and its claims.'),
  signature: badToken('token_signature', 'The token is not signed with the secret of this integration.'),
  expired: badToken('token_expired', 'The token has expired; ask amoCRM for a new one.'),
  notYet: badToken('token_not_yet_valid', 'The token is not valid yet; check the clocks.'),
  audience: badToken('token_audience', 'The token is meant for another service.'),
  issuer: badToken('token_issuer', 'The token was not issued by an amoCRM account on the allowed domains.'),
  client: badToken('token_client', 'The token belongs to another integration.'),
  replayed: badToken('token_replayed', 'The token was used before; each works once. Ask amoCRM for a new one.'),
  bearer: badToken('bearer_unknown', 'Neither the admin token nor a session that is still valid.'),
  origin: forbidden('origin_mismatch', 'The page that sent this request is not of the account that issued the token.'),
  notInstalled: forbidden('account_not_installed', 'The integration is not installed in this account.'),
  otherAccount: forbidden('other_account', 'The address names an account this token is not for.'),
  adminOnly: forbidden('admin_only', 'Only an administrator of the account may change this.'),
  opsOnly: forbidden('ops_only', 'Only the operator of the service, with the admin token, may use this address.'),
} as const satisfies Readonly<Record<string, ApiProblem>>

export type AuthRefusal = keyof typeof AUTH_PROBLEMS
