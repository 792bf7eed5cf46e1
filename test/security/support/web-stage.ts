import { randomBytes, randomUUID } from 'node:crypto'
import { createSandbox, type Sandbox } from '../../../sandbox/create-sandbox.ts'
import { signedToken } from '../../../sandbox/oauth/jwt.ts'
import { buildApp } from '../../../src/app.ts'
import { parseConfig } from '../../../src/config.ts'
import { createLogger } from '../../../src/logger.ts'
import { AccountStore } from '../../../src/store/account-store.ts'
import { Keys } from '../../../src/store/keys.ts'
import { SecretBox } from '../../../src/store/secret-box.ts'
import { TokenVault } from '../../../src/store/token-vault.ts'
import { snapshot } from '../../support/snapshot.ts'
import { STRUCTURE, testRecord } from '../../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../../support/test-redis.ts'
import { type RecordedRoute, recordingRoutes } from './recorded-routes.ts'

export const ADMIN_TOKEN = 'admin-token-of-the-operator'
export const OPS = { authorization: `Bearer ${ADMIN_TOKEN}` }
const REDIRECT_URI = 'https://segments.example.com/oauth/callback'

/** People of an account. */
export const ADMIN = { user_id: 1, is_admin: true }
export const SALESPERSON = { user_id: 2, is_admin: false }

interface TokenOptions {
  readonly accountId?: number
  readonly secret?: string
  readonly algorithm?: 'HS256' | 'HS512'
}

/**
 * The part of the program that answers the outside, listening on a real port over the test Redis, with two installed
 * accounts and an imitation of amoCRM behind it. No worker runs: whatever changes, a request changed it.
 */
export interface WebStage {
  readonly url: string
  readonly sandbox: Sandbox
  readonly test: TestRedis
  readonly keys: Keys
  readonly accounts: AccountStore
  readonly log: string[]
  readonly routes: readonly RecordedRoute[]
  /** The account attackers are after, and the one they are of. */
  readonly mine: { readonly id: number; readonly host: string; readonly hookSecret: string }
  readonly other: { readonly id: number; readonly host: string; readonly hookSecret: string }
  token(claims?: Record<string, unknown>, options?: TokenOptions): string
  /** All that can change: everything in Redis, queues included, and what amoCRM was asked. */
  standing(): Promise<string>
  close(): Promise<void>
}

export const webStage = async (settings: Readonly<Record<string, string>> = {}): Promise<WebStage> => {
  const test: TestRedis = await connectTestRedis()
  const sandbox = await createSandbox({ clients: 0, accounts: 2 })
  const encryptionKey = randomBytes(32)
  const { clientId, clientSecret } = sandbox.integration
  const config = parseConfig({
    ...{ NODE_ENV: 'test', PORT: '0', REDIS_URL: test.url, PUBLIC_URL: 'https://segments.example.com' },
    ...{ ENCRYPTION_KEY: encryptionKey.toString('base64'), ADMIN_TOKEN, AMOCRM_API_ORIGIN: sandbox.url },
    ...{ AMOCRM_CLIENT_ID: clientId, AMOCRM_CLIENT_SECRET: clientSecret, AMOCRM_REDIRECT_URI: REDIRECT_URI },
    ...settings,
  })
  const log: string[] = []
  const logger = createLogger('trace', { write: (line: string) => void log.push(line) })
  const { built: app, routes } = await recordingRoutes(() =>
    buildApp(config, { part: 'web', logger, keyRoot: test.root }),
  )
  const url = (await app.start()) ?? ''
  const keys = new Keys(test.root)
  const box = new SecretBox([encryptionKey])
  const [accounts, vault] = [new AccountStore(test.redis, keys, box), new TokenVault(test.redis, keys, box)]
  const [mine, other] = [...sandbox.worlds.values()].map(async ({ account: { id, subdomain } }) => {
    const host = `${subdomain}.amocrm.ru`
    await accounts.writeStructure(id, STRUCTURE)
    await accounts.write({ ...testRecord(id), host, subdomain })
    const { access_token: accessToken, refresh_token: refreshToken } = sandbox.tokens(id)
    await vault.writeTokens(id, { accessToken, refreshToken, expiresAt: Date.now() + 3_600_000 })
    return { id, host, hookSecret: await accounts.hookSecret(id) }
  })
  if (mine === undefined || other === undefined) throw new Error('the sandbox has too few accounts')
  const stage = { mine: await mine, other: await other }
  return {
    ...{ url, sandbox, test, keys, accounts, log, routes, ...stage },
    token: (claims = {}, { accountId = stage.mine.id, secret = clientSecret, algorithm = 'HS256' } = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const { host } = accountId === stage.other.id ? stage.other : stage.mine
      return signedToken(
        {
          ...{ iss: `https://${host}`, aud: new URL(REDIRECT_URI).origin, jti: randomUUID() },
          ...{ iat: now, nbf: now, exp: now + 1_800, account_id: accountId, client_uuid: clientId },
          ...{ ...ADMIN, ...claims },
        },
        secret,
        algorithm,
      )
    },
    standing: async () => {
      const redis = await snapshot(test.redis, await test.redis.keys(`*${test.root}*`))
      return `${redis}\namoCRM was asked ${sandbox.stats.requests.length} times`
    },
    close: async () => {
      await app.close()
      await sandbox.close()
      await test.close()
    },
  }
}
