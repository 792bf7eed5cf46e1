import { describe, expect, it } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { parseConfig, type RawEnvironment } from '../src/config.ts'

const KEY = Buffer.alloc(32, 1).toString('base64')
const OLD_KEY = Buffer.alloc(32, 2).toString('base64url')

const COMPLETE: RawEnvironment = {
  PUBLIC_URL: 'https://segments.example.com',
  ENCRYPTION_KEY: KEY,
  AMOCRM_CLIENT_ID: 'id',
  AMOCRM_CLIENT_SECRET: 'secret',
}

const problemsOf = (raw: RawEnvironment) => {
  try {
    parseConfig(raw)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const badVariables = (raw: RawEnvironment) => problemsOf(raw).map(({ variable }) => variable)

describe('an empty environment', () => {
  it('is no error: defaults stand, and what is missing is named', () => {
    expect(parseConfig({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      redisUrl: null,
      logLevel: 'info',
      encryptionKeys: [],
      adminToken: null,
      amocrm: {
        integration: null,
        longLived: null,
        allowedHosts: ['amocrm.ru', 'amocrm.com', 'kommo.com'],
        apiOrigin: null,
        requestsPerSecond: 7,
        ratePer: 'account',
      },
      missing: ['PUBLIC_URL', 'ENCRYPTION_KEY', 'AMOCRM_CLIENT_ID', 'AMOCRM_CLIENT_SECRET'],
    })
  })

  it('is what empty and blank values amount to', () => {
    const empty = {
      NODE_ENV: '',
      PORT: ' ',
      REDIS_URL: '',
      ENCRYPTION_KEY: '',
      AMOCRM_ALLOWED_HOSTS: '',
      LOG_LEVEL: '',
    }
    expect(parseConfig({ ...empty, ADMIN_TOKEN: '', AMOCRM_REQUESTS_PER_SECOND: '  ' })).toEqual(parseConfig({}))
  })
})

describe('what is set', () => {
  it('makes the integration, its redirect address following from the public one', () => {
    const config = parseConfig({ ...COMPLETE, PUBLIC_URL: 'https://segments.example.com/base/' })
    expect(config.missing).toEqual([])
    expect(config.publicUrl).toBe('https://segments.example.com/base')
    expect(config.amocrm.integration).toEqual({
      clientId: 'id',
      clientSecret: 'secret',
      redirectUri: 'https://segments.example.com/base/oauth/callback',
    })
  })

  it('keeps a redirect address of its own', () => {
    const redirect = 'https://other.example.com/oauth/callback'
    expect(parseConfig({ ...COMPLETE, AMOCRM_REDIRECT_URI: redirect }).amocrm.integration?.redirectUri).toBe(redirect)
  })

  it('reads one key or several, newest first, plain or URL-safe', () => {
    const keysOf = (value: string) => parseConfig({ ENCRYPTION_KEY: value }).encryptionKeys
    expect(keysOf(KEY)).toEqual([Buffer.alloc(32, 1)])
    expect(keysOf(`${KEY}, ${OLD_KEY}`)).toEqual([Buffer.alloc(32, 1), Buffer.alloc(32, 2)])
  })

  it('reads allowed domains in any spelling', () => {
    const { amocrm } = parseConfig({ AMOCRM_ALLOWED_HOSTS: ' AmoCRM.ru, *.kommo.com ,.example.org' })
    expect(amocrm.allowedHosts).toEqual(['amocrm.ru', 'kommo.com', 'example.org'])
  })

  it('takes a long-lived token instead of OAuth credentials', () => {
    const config = parseConfig({
      PUBLIC_URL: COMPLETE.PUBLIC_URL,
      ENCRYPTION_KEY: KEY,
      AMOCRM_LONG_LIVED_TOKEN: 'token',
      AMOCRM_ACCOUNT_HOST: 'Example.amocrm.ru',
    })
    expect(config.amocrm.longLived).toEqual({ token: 'token', host: 'example.amocrm.ru' })
    expect(config.missing).toEqual([])
  })

  it('tells of half a pair of credentials, also beside a long-lived token', () => {
    const half = { ENCRYPTION_KEY: KEY, PUBLIC_URL: COMPLETE.PUBLIC_URL, AMOCRM_CLIENT_ID: 'id' }
    const longLived = { AMOCRM_LONG_LIVED_TOKEN: 'token', AMOCRM_ACCOUNT_HOST: 'example.amocrm.ru' }
    expect(parseConfig(half).missing).toEqual(['AMOCRM_CLIENT_SECRET'])
    expect(parseConfig({ ...half, ...longLived }).missing).toEqual(['AMOCRM_CLIENT_SECRET'])
  })

  it.each([
    ['1', 1],
    ['50', 50],
  ])('takes %s requests per second', (value, expected) => {
    expect(parseConfig({ AMOCRM_REQUESTS_PER_SECOND: value }).amocrm.requestsPerSecond).toBe(expected)
  })

  it('lets other variables be', () => {
    expect(parseConfig({ PATH: '/bin', npm_config_x: 'y' })).toEqual(parseConfig({}))
  })
})

describe('a malformed value', () => {
  it.each([
    ['NODE_ENV', 'prod'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '1e3'],
    ['PUBLIC_URL', 'segments.example.com'],
    ['PUBLIC_URL', 'ftp://segments.example.com'],
    ['PUBLIC_URL', 'https://segments.example.com/?a=1'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'http://localhost:6379'],
    ['LOG_LEVEL', 'verbose'],
    ['ENCRYPTION_KEY', 'secret'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64')],
    ['ENCRYPTION_KEY', Buffer.alloc(33).toString('base64')],
    ['ENCRYPTION_KEY', `${KEY},short`],
    ['ENCRYPTION_KEY', ','],
    ['ADMIN_TOKEN', 'short'],
    ['AMOCRM_REDIRECT_URI', '/oauth/callback'],
    ['AMOCRM_ALLOWED_HOSTS', 'https://amocrm.ru'],
    ['AMOCRM_ALLOWED_HOSTS', ', ,'],
    ['AMOCRM_API_ORIGIN', 'localhost:4000'],
    ['AMOCRM_API_ORIGIN', 'http://localhost:4000/api'],
    ['AMOCRM_REQUESTS_PER_SECOND', '0'],
    ['AMOCRM_REQUESTS_PER_SECOND', '51'],
    ['AMOCRM_REQUESTS_PER_SECOND', '1.5'],
  ])('%s=%s is refused once, by name, with what to do and without the value', (variable, value) => {
    const problems = problemsOf({ [variable]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ variable, advice: expect.stringMatching(/^must /) })
  })

  it('is told together with all the others, cross-checks included', () => {
    const raw = { PORT: 'x', LOG_LEVEL: 'x', ENCRYPTION_KEY: 'hush-hush', AMOCRM_LONG_LIVED_TOKEN: 'token' }
    expect(badVariables(raw).toSorted()).toEqual(['AMOCRM_ACCOUNT_HOST', 'ENCRYPTION_KEY', 'LOG_LEVEL', 'PORT'])
    expect(() => parseConfig(raw)).toThrow(/^((?!hush-hush).)*$/s)
  })
})

describe('the long-lived pair', () => {
  it.each<[string, RawEnvironment, string]>([
    ['a token alone', { AMOCRM_LONG_LIVED_TOKEN: 'token' }, 'AMOCRM_ACCOUNT_HOST'],
    ['a host alone', { AMOCRM_ACCOUNT_HOST: 'example.amocrm.ru' }, 'AMOCRM_LONG_LIVED_TOKEN'],
    ['a foreign host', { AMOCRM_LONG_LIVED_TOKEN: 't', AMOCRM_ACCOUNT_HOST: 'example.com' }, 'AMOCRM_ACCOUNT_HOST'],
    ['an address', { AMOCRM_LONG_LIVED_TOKEN: 't', AMOCRM_ACCOUNT_HOST: 'https://a.amocrm.ru' }, 'AMOCRM_ACCOUNT_HOST'],
  ])('%s is refused', (_, raw, variable) => {
    expect(badVariables(raw)).toEqual([variable])
  })
})
