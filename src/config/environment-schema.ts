import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { parseRedisAddress } from './redis-address.ts'

const flag = (sentence: string) => ({ error: sentence })

const host = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const url = (protocols: readonly string[], sentence: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), flag(sentence))

/** An address other addresses are built upon: nothing may follow its path. */
const webUrl = (sentence: string) =>
  url(['http:', 'https:'], sentence)
    .refine((text) => !/[?#@\s]/.test(text), flag(sentence))
    .transform((text) => text.replace(/\/+$/, ''))

const integer = (from: number, to: number, sentence: string) =>
  z
    .string()
    .regex(/^\d+$/, flag(sentence))
    .transform(Number)
    .pipe(z.number().min(from, flag(sentence)).max(to, flag(sentence)))

/** 32 bytes in base64, plain or URL-safe, with or without the closing `=`. */
const KEY = /^[A-Za-z0-9+/_-]{43}=?$/
const KEY_ADVICE =
  'must be 32 bytes in base64, or several such keys separated by commas, newest first; make one with: openssl rand -base64 32'

const HOSTS_ADVICE = 'must be domain names separated by commas, for example amocrm.ru,kommo.com'
const REACH_ADVICE = 'must be host names, addresses or ranges separated by commas, for example crm.internal,10.1.0.0/16'
const RATE_ADVICE = 'must be a whole number from 1 to 50'
const REDIS_ADVICE =
  'must be a Redis address, for example redis://localhost:6379, or of a cluster: redis+cluster://one:6379,two:6379'
const DAYS_ADVICE = 'must be a whole number of days from 1 to 3650'
const ENTRIES_ADVICE = 'must be a whole number from 1000 to 100000000'
const PORT_ADVICE = 'must be a whole number from 0 to 65535'

const isReach = (entry: string): boolean => isIP(entry) !== 0 || ipaddr.isValidCIDR(entry) || isHostName(entry)

/** What ends in a number is an address, or none at all. */
const isHostName = (entry: string): boolean => host.test(entry) && !/(?:^|\.)\d+$/.test(entry)

/**
 * Every environment variable the program reads. An empty value counts as none. The descriptions are the documentation:
 * README.md and .env.example repeat them.
 */
export const EnvironmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], flag('must be development, test or production'))
    .default('development')
    .describe('`production` asks for an encryption key and refuses a Redis in memory.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; `0.0.0.0` in a container.'),
  PORT: integer(0, 65_535, PORT_ADVICE)
    .prefault('3000')
    .describe('Port to listen on; 0 lets the system choose a free one.'),
  WORKER_PORT: integer(0, 65_535, PORT_ADVICE)
    .optional()
    .describe(
      'Port at which an `amo-segments worker` answers `/health/*` and `/metrics`; without it it listens nowhere.',
    ),
  PUBLIC_URL: webUrl(
    'must be the full address amoCRM reaches this service at, for example https://segments.example.com',
  )
    .optional()
    .describe('Address under which amoCRM reaches this service, for webhooks and the installation.'),
  REDIS_URL: z
    .string()
    .refine((text) => parseRedisAddress(text) !== null, flag(REDIS_ADVICE))
    .optional()
    .describe(
      'Redis to use; a cluster: `redis+cluster://host:6379,host:6379`. Without it a `redis-server` on PATH is started, or outside production one in memory.',
    ),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      flag('must be fatal, error, warn, info, debug, trace or silent'),
    )
    .default('info')
    .describe('Lowest level that is logged: fatal, error, warn, info, debug, trace or silent.'),
  ENCRYPTION_KEY: z
    .string()
    .transform(list)
    .pipe(z.array(z.string().regex(KEY, flag(KEY_ADVICE))).min(1, flag(KEY_ADVICE)))
    .transform((keys) => keys.map((key) => Buffer.from(key, 'base64')))
    .optional()
    .describe(
      '32 bytes in base64 that encrypt stored tokens; to rotate: `new,old`. Outside production one is made by itself.',
    ),
  ADMIN_TOKEN: z
    .string()
    .min(16, flag('must have at least 16 characters; make one with: openssl rand -hex 24'))
    .optional()
    .describe(
      'Password (any user name) with which the start page shows the installed accounts in production; bearer token of the operator for the API.',
    ),
  AMOCRM_CLIENT_ID: z.string().optional().describe('Integration id, from the integration’s page in amoCRM.'),
  AMOCRM_CLIENT_SECRET: z.string().optional().describe('Secret key, from the integration’s page in amoCRM.'),
  AMOCRM_REDIRECT_URI: webUrl('must be the full redirect address set in amoCRM, ending in /oauth/callback')
    .optional()
    .describe('Redirect address set in the integration; by default PUBLIC_URL + `/oauth/callback`.'),
  AMOCRM_LONG_LIVED_TOKEN: z
    .string()
    .optional()
    .describe('Long-lived token of a private integration, instead of the id and secret; one account only.'),
  AMOCRM_ACCOUNT_HOST: z
    .string()
    .toLowerCase()
    .regex(host, flag('must be a host name alone, for example example.amocrm.ru'))
    .optional()
    .describe('Host of the account the long-lived token belongs to, for example `example.amocrm.ru`.'),
  AMOCRM_ALLOWED_HOSTS: z
    .string()
    .toLowerCase()
    .transform(list)
    .transform((domains) => domains.map((domain) => domain.replace(/^\*?\./, '')))
    .pipe(z.array(z.string().regex(host, flag(HOSTS_ADVICE))).min(1, flag(HOSTS_ADVICE)))
    .prefault('amocrm.ru,amocrm.com,kommo.com')
    .describe('Domains whose subdomains may be accounts; no secret is ever sent elsewhere.'),
  AMOCRM_API_ORIGIN: webUrl('must be an origin, for example http://localhost:4000')
    .refine((text) => new URL(text).origin === text, flag('must be an origin without a path: http://localhost:4000'))
    .optional()
    .describe(
      'For trials only: sends every amoCRM request to this origin instead of the account’s host, and takes its pages for the account’s.',
    ),
  AMOCRM_REQUESTS_PER_SECOND: integer(1, 50, RATE_ADVICE)
    .prefault('7')
    .describe('Requests per second to one account; 7 is amoCRM’s limit for an integration.'),
  AMOCRM_RATE_PER: z
    .enum(['account', 'deployment'], flag('must be account or deployment'))
    .default('account')
    .describe(
      'For whom these requests are counted: `account` for each account by itself, `deployment` for all accounts of this service together. Kommo counts by address, so its accounts always share them.',
    ),
  WEBHOOK_ALLOWED_HOSTS: z
    .string()
    .toLowerCase()
    .transform(list)
    .pipe(z.array(z.string().refine(isReach, flag(REACH_ADVICE))))
    .optional()
    .describe(
      'Hosts, addresses or ranges outside the public internet that webhooks of a policy may reach, for example `crm.internal,10.1.0.0/16`; none by default.',
    ),
  JOURNAL_DAYS: integer(1, 3_650, DAYS_ADVICE)
    .prefault('90')
    .describe('Days for which every write is kept in the journal, and so can be undone.'),
  JOURNAL_ENTRIES: integer(1_000, 100_000_000, ENTRIES_ADVICE)
    .prefault('500000')
    .describe('Most writes kept for one account, about; 1000 take some 0.3 MB of Redis.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl('must be the address of a collector, for example http://localhost:4318')
    .optional()
    .describe(
      'OpenTelemetry collector (OTLP over HTTP) that gets traces from webhook to write; without it none are made.',
    ),
  OTEL_SERVICE_NAME: z.string().default('amo-segments').describe('Name of this service in traces.'),
  REMOVED_ACCOUNT_DAYS: integer(1, 3_650, DAYS_ADVICE)
    .prefault('30')
    .describe(
      'Days after which all data of a removed account is erased; installed again before, it goes on as it was.',
    ),
})

export type Environment = z.infer<typeof EnvironmentSchema>
