import { isAllowedHost } from './amocrm/allowed-host.ts'
import { ConfigError, type ConfigProblem } from './config/config-error.ts'
import { type Environment, EnvironmentSchema } from './config/environment-schema.ts'

/** What is not set yet although the service cannot work without it; the start page says what to do about each. */
export type MissingSetting = 'PUBLIC_URL' | 'ENCRYPTION_KEY' | 'AMOCRM_CLIENT_ID' | 'AMOCRM_CLIENT_SECRET'

/** The integration's credentials for OAuth. */
export interface IntegrationCredentials {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/** A token made by hand for one account, never refreshed. */
export interface LongLivedAccess {
  readonly token: string
  readonly host: string
}

export interface AmocrmConfig {
  /** Null: no OAuth installations. */
  readonly integration: IntegrationCredentials | null
  /** Null: no account is installed by a long-lived token. */
  readonly longLived: LongLivedAccess | null
  /** Domains whose subdomains may be accounts, lower case. */
  readonly allowedHosts: readonly string[]
  /** Null, or the origin that stands in for every account's host in trials. */
  readonly apiOrigin: string | null
  readonly requestsPerSecond: number
  /** Whom they are counted for. */
  readonly ratePer: 'account' | 'deployment'
}

export interface Config {
  readonly production: boolean
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Where a worker tells how it is; null: nowhere, 0: any free port. */
  readonly workerPort: number | null
  /** Without a slash at its end. */
  readonly publicUrl: string | null
  readonly redisUrl: string | null
  readonly logLevel: Environment['LOG_LEVEL']
  /** 32 bytes each, newest first: the first encrypts, all decrypt. Empty: none is set. */
  readonly encryptionKeys: readonly Buffer[]
  readonly adminToken: string | null
  readonly amocrm: AmocrmConfig
  /** Host names, addresses and ranges that outgoing webhooks may reach although they are private. */
  readonly webhookAllowedHosts: readonly string[]
  /** How much of the past an account's journal keeps: whatever comes first. */
  readonly journal: { readonly days: number; readonly entries: number }
  /** All data of a removed account is erased after so many days. */
  readonly removedAccountDays: number
  /** Where traces of the work are sent; null: none are made. */
  readonly tracing: { readonly endpoint: string; readonly serviceName: string } | null
  /** Folder for what must outlive the process when nothing else keeps it: Redis' files, a key made by itself. */
  readonly dataDir: string
  /** Empty: the service can work. */
  readonly missing: readonly MissingSetting[]
}

/** Variables by name, as in `process.env`. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>

/**
 * Reads the whole environment once. What is merely missing is reported in `missing`, not thrown.
 *
 * @throws ConfigError listing every malformed variable.
 */
export const parseConfig = (raw: RawEnvironment, dataDir = '.data'): Config => {
  const set = withoutEmpty(raw)
  const parsed = EnvironmentSchema.safeParse(set)
  const problems = [...malformed(parsed.error?.issues ?? []), ...contradictions(set), ...foreignHost(parsed.data)]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.data
  return {
    production: env.NODE_ENV === 'production',
    host: env.HOST,
    port: env.PORT,
    workerPort: env.WORKER_PORT ?? null,
    publicUrl: env.PUBLIC_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    logLevel: env.LOG_LEVEL,
    encryptionKeys: env.ENCRYPTION_KEY ?? [],
    adminToken: env.ADMIN_TOKEN ?? null,
    amocrm: {
      integration: integrationOf(env),
      longLived: longLivedOf(env),
      allowedHosts: env.AMOCRM_ALLOWED_HOSTS,
      apiOrigin: env.AMOCRM_API_ORIGIN ?? null,
      requestsPerSecond: env.AMOCRM_REQUESTS_PER_SECOND,
      ratePer: env.AMOCRM_RATE_PER,
    },
    webhookAllowedHosts: env.WEBHOOK_ALLOWED_HOSTS ?? [],
    journal: { days: env.JOURNAL_DAYS, entries: env.JOURNAL_ENTRIES },
    removedAccountDays: env.REMOVED_ACCOUNT_DAYS,
    tracing: tracingOf(env),
    dataDir,
    missing: missingOf(env),
  }
}

const withoutEmpty = (raw: RawEnvironment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw)
      .map(([name, value]) => [name, value?.trim() ?? ''] as const)
      .filter(([, value]) => value !== ''),
  )

/** The first problem of each variable; the others follow from it. */
const malformed = (issues: readonly { readonly path: PropertyKey[]; readonly message: string }[]): ConfigProblem[] => {
  const byVariable = new Map<string, string>()
  for (const { path, message } of issues) {
    const variable = String(path[0])
    if (!byVariable.has(variable)) byVariable.set(variable, message)
  }
  return [...byVariable].map(([variable, advice]) => ({ variable, advice }))
}

const contradictions = (set: Readonly<Record<string, string>>): ConfigProblem[] => {
  const problems: ConfigProblem[] = []
  const needs = (one: string, other: string) => {
    if (one in set && !(other in set)) problems.push({ variable: other, advice: `must be set together with ${one}` })
  }
  needs('AMOCRM_LONG_LIVED_TOKEN', 'AMOCRM_ACCOUNT_HOST')
  needs('AMOCRM_ACCOUNT_HOST', 'AMOCRM_LONG_LIVED_TOKEN')
  return problems
}

/** The long-lived token must not go to a stranger either. */
const foreignHost = (env: Environment | undefined): ConfigProblem[] =>
  env?.AMOCRM_ACCOUNT_HOST === undefined || isAllowedHost(env.AMOCRM_ACCOUNT_HOST, env.AMOCRM_ALLOWED_HOSTS)
    ? []
    : [{ variable: 'AMOCRM_ACCOUNT_HOST', advice: 'must be a subdomain of a domain in AMOCRM_ALLOWED_HOSTS' }]

const integrationOf = (env: Environment): IntegrationCredentials | null => {
  const redirectUri = env.AMOCRM_REDIRECT_URI ?? (env.PUBLIC_URL && `${env.PUBLIC_URL}/oauth/callback`)
  if (!env.AMOCRM_CLIENT_ID || !env.AMOCRM_CLIENT_SECRET || !redirectUri) return null
  return { clientId: env.AMOCRM_CLIENT_ID, clientSecret: env.AMOCRM_CLIENT_SECRET, redirectUri }
}

const longLivedOf = (env: Environment): LongLivedAccess | null =>
  env.AMOCRM_LONG_LIVED_TOKEN && env.AMOCRM_ACCOUNT_HOST
    ? { token: env.AMOCRM_LONG_LIVED_TOKEN, host: env.AMOCRM_ACCOUNT_HOST }
    : null

const tracingOf = ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName }: Environment) =>
  endpoint === undefined ? null : { endpoint, serviceName }

const missingOf = (env: Environment): MissingSetting[] => {
  const always: MissingSetting[] = ['PUBLIC_URL', 'ENCRYPTION_KEY']
  const oauth: MissingSetting[] = ['AMOCRM_CLIENT_ID', 'AMOCRM_CLIENT_SECRET']
  // Half a pair of credentials is a slip worth telling, also beside a long-lived token.
  const oauthWanted = longLivedOf(env) === null || oauth.some((name) => env[name] !== undefined)
  return [...always, ...(oauthWanted ? oauth : [])].filter((name) => env[name] === undefined)
}
