import type { Sandbox } from '../../sandbox/create-sandbox.ts'
import type { Observer } from './observer.ts'

/** What is wrong with the account's access: it has to have been renewed meanwhile, and to be good still. */
export async function tokenFindings({ sandbox, accounts, vault, accountId }: Observer): Promise<string[]> {
  const record = await accounts.read(accountId)
  const pair = await vault.readTokens(accountId)
  const renewals = sandbox.stats.count({ method: 'POST', path: '/oauth2/access_token', status: 200 }) - 1
  return [
    ...(record?.status === 'active' ? [] : [`the account is ${record?.status}: ${record?.problem?.message}`]),
    ...(pair?.refreshToken && (await isGood(sandbox, pair.refreshToken))
      ? []
      : ['the stored refresh token is no good']),
    ...(renewals > 0 ? [] : ['the tokens were never renewed']),
  ]
}

/** Whether it can still be used; asking does not use it up. */
async function isGood({ url }: Sandbox, refreshToken: string): Promise<boolean> {
  const headers = { 'X-Refresh-Token': refreshToken }
  const answer = await fetch(`${url}/oauth2/account/current/subdomain`, { headers })
  return answer.status === 200
}
