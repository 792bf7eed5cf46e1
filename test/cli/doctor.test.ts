import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parseConfig, type RawEnvironment } from '../../src/config.ts'
import { AccountNotes } from '../../src/store/account-notes.ts'
import { FULL } from '../http/test-server.ts'
import { install } from '../integration/support/install.ts'
import { startTrial, type Trial } from '../integration/support/start-trial.ts'
import { runProgramWith } from './run-program.ts'

interface Told {
  readonly ok: boolean
  readonly findings: readonly { check: string; level: string; account?: number; text: string; advice?: string }[]
}

const doctor = (environment: RawEnvironment, ...args: string[]) =>
  runProgramWith(() => ({ config: parseConfig(environment), warnings: [] }), 'doctor', ...args)

/** What it found, by check. */
const found = async (environment: RawEnvironment, ...args: string[]) => {
  const { out, code } = await doctor(environment, '--json', '--lang', 'en', ...args)
  const told = JSON.parse(out) as Told
  expect(code).toBe(told.ok ? 0 : 1)
  return new Map(told.findings.map((finding) => [finding.check, finding]))
}

describe('the doctor without Redis', () => {
  const NOWHERE = { ...FULL, REDIS_URL: 'redis://127.0.0.1:1', PUBLIC_URL: 'http://127.0.0.1:1' }

  it('names each setting that is missing or wrong, with what to do', async () => {
    const missing = await found({ REDIS_URL: 'redis://127.0.0.1:1' })
    expect([...missing.values()].map(({ check, level }) => [check, level])).toEqual([
      ['settings.PUBLIC_URL', 'fail'],
      ['settings.ENCRYPTION_KEY', 'fail'],
      ['settings.AMOCRM_CLIENT_ID', 'fail'],
      ['settings.AMOCRM_CLIENT_SECRET', 'fail'],
    ])
    expect(missing.get('settings.ENCRYPTION_KEY')?.advice).toContain('openssl rand')
    const wrong = await found({ PORT: 'x', ENCRYPTION_KEY: 'hush' })
    expect([...wrong.keys()].sort()).toEqual(['settings.ENCRYPTION_KEY', 'settings.PORT'])
    expect(JSON.stringify([...wrong])).not.toContain('hush')
  })

  it('says that nothing answers, in the language asked for', async () => {
    const { out, code } = await doctor(NOWHERE, '--lang', 'ru')
    expect(code).toBe(1)
    expect(out).toMatch(/^✘ http:\/\/127\.0\.0\.1:1\/health\/live не отвечает как этот сервис: .+ → проверьте/m)
    expect(out).toMatch(/^✘ Redis не отвечает → проверьте REDIS_URL/m)
    expect(out.trimEnd().split('\n').at(-1)).toBe('Не работает: 2, предупреждений: 0.')
  })

  it('asks nobody when told so, and wants HTTPS and a password in production', async () => {
    const production = { ...NOWHERE, NODE_ENV: 'production', REDIS_URL: inject('redisUrl') }
    const nobody = ['--key-root', 'nobody']
    const online = await found(production, ...nobody)
    expect([online.get('public_url.https')?.level, online.get('public_url')?.level]).toEqual(['fail', 'fail'])
    expect(online.get('accounts')?.level).toBe('ok')
    const offline = await found(production, '--offline', ...nobody)
    expect(offline.get('settings.ADMIN_TOKEN')?.level).toBe('warn')
    expect([...offline.keys()].filter((check) => check.startsWith('public_url'))).toEqual([])
  })
})

describe('the doctor of an installed account', () => {
  let trial: Trial
  beforeAll(async () => {
    trial = await startTrial({ sandbox: { clients: 5 } })
    await install(trial)
  })
  afterAll(() => trial.close())

  const foundNow = (changes: RawEnvironment = {}, ...args: string[]) =>
    found({ ...trial.environment, ...changes }, '--key-root', trial.keys.root, ...args)

  it('finds it well', async () => {
    const findings = await foundNow()
    const accountLevels = [...findings.values()].filter(({ account }) => account === trial.accountId)
    expect(Object.fromEntries(accountLevels.map(({ check, level }) => [check, level]))).toMatchObject({
      ...{ account: 'ok', tokens: 'ok', amocrm: 'ok', webhooks: 'ok', clock: 'ok', base: 'ok', sweep: 'ok', lag: 'ok' },
    })
    expect(findings.get('public_url')?.level).toBe('ok')
    expect(findings.get('redis.latency')?.text).toMatch(/^Redis answers in [\d.]+ ms$/)
    expect(findings.get('base')?.text).toMatch(/clients 5/)
    expect(findings.get('settings.trial')?.level).toBe('warn')
  })

  it('finds that its work was stopped by hand, and expects nobody to keep up meanwhile', async () => {
    const notes = new AccountNotes(trial.redis, trial.keys, trial.accountId)
    await notes.set('pause', { author: 'ops', at: Date.now() })
    const findings = await foundNow()
    await notes.remove('pause')
    expect(findings.get('account')).toMatchObject({ level: 'warn', text: expect.stringContaining('by hand (ops)') })
    expect([findings.has('sweep'), findings.has('lag'), findings.get('base')?.level]).toEqual([false, false, 'ok'])
  })

  it('finds that its webhook was switched off, or taken away', async () => {
    const { subscriptions } = trial.sandbox.world
    const [webhook] = [...subscriptions.values()]
    if (!webhook) throw new Error('there is no webhook')
    webhook.disabled = true
    expect((await foundNow()).get('webhooks')).toMatchObject({ level: 'fail', text: expect.stringContaining('off') })
    subscriptions.clear()
    expect((await foundNow()).get('webhooks')?.level).toBe('fail')
    expect((await foundNow({}, '--offline')).has('webhooks')).toBe(false)
  })

  it('finds that the key is another one', async () => {
    const findings = await foundNow({ ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64') })
    expect(findings.get('tokens')).toMatchObject({ level: 'fail', advice: expect.stringContaining('new,old') })
    expect(findings.has('amocrm')).toBe(false)
  })
})
