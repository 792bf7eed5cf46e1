import { describe, expect, it } from 'vitest'
import type { TokenPair } from '../src/amocrm/token-store.ts'
import { keepLongLivedAccount, type LongLivedParts } from '../src/app/long-lived-account.ts'
import { createLogger } from '../src/logger.ts'
import type { AccountRecord } from '../src/store/account-record.ts'

const INSTALLED: AccountRecord = {
  id: 5,
  name: 'Example',
  host: 'example.amocrm.ru',
  subdomain: 'example',
  status: 'active',
  problem: null,
  installedAt: 1,
  hooks: 'subscribed',
}

const keeper = (known: readonly AccountRecord[], changes: Partial<LongLivedParts> = {}) => {
  const done: string[] = []
  const parts: LongLivedParts = {
    access: { token: 'token', host: 'example.amocrm.ru' },
    publicUrl: 'https://segments.example.com',
    listAccounts: async () => known,
    writeTokens: async (id: number, pair: TokenPair) => void done.push(`tokens of ${id}: ${pair.accessToken}`),
    connect: async () => void done.push('connected'),
    log: createLogger('silent'),
    signal: new AbortController().signal,
    firstPauseMs: 1,
    ...changes,
  }
  return { parts, done }
}

describe('the account of a long-lived token', () => {
  it.each<[string, readonly AccountRecord[]]>([
    ['is not installed', []],
    ['is another one', [{ ...INSTALLED, host: 'other.amocrm.ru' }]],
    ['was disconnected', [{ ...INSTALLED, status: 'disconnected' }]],
    ['is paused, its token perhaps replaced', [{ ...INSTALLED, status: 'paused' }]],
    ['had no public address before', [{ ...INSTALLED, hooks: 'no_public_url' }]],
  ])('is connected when it %s', async (_, known) => {
    const { parts, done } = keeper(known)
    await keepLongLivedAccount(parts)
    expect(done).toEqual(['connected'])
  })

  it('only gets the token of today when it is at work: no backfill at every start', async () => {
    const { parts, done } = keeper([INSTALLED])
    await keepLongLivedAccount(parts)
    expect(done).toEqual(['tokens of 5: token'])
  })

  it('is known by the id in its token when it was renamed', async () => {
    const token = `head.${Buffer.from(JSON.stringify({ account_id: 5 })).toString('base64url')}.signature`
    const renamed = { ...INSTALLED, host: 'renamed.amocrm.ru' }
    const { parts, done } = keeper([renamed], { access: { token, host: 'example.amocrm.ru' } })
    await keepLongLivedAccount(parts)
    expect(done).toEqual([`tokens of 5: ${token}`])
  })

  it('is left at work without a public address when there is still none', async () => {
    const { parts, done } = keeper([{ ...INSTALLED, hooks: 'no_public_url' }], { publicUrl: null })
    await keepLongLivedAccount(parts)
    expect(done).toEqual(['tokens of 5: token'])
  })

  it('is tried until it works', async () => {
    let tries = 0
    const connect = async () => {
      if (++tries < 3) throw new Error('amoCRM is away')
    }
    await keepLongLivedAccount(keeper([], { connect }).parts)
    expect(tries).toBe(3)
  })

  it('is given up when the program ends', async () => {
    const stopping = new AbortController()
    const connect = async () => {
      stopping.abort()
      throw new Error('amoCRM is away')
    }
    await keepLongLivedAccount(keeper([], { connect, signal: stopping.signal, firstPauseMs: 60_000 }).parts)
    expect(stopping.signal.aborted).toBe(true)
  })
})
