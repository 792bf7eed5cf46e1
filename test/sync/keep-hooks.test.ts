import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AmoErrorCode } from '../../src/amocrm/amo-error.ts'
import type { AmoWebhook } from '../../src/amocrm/entities.ts'
import type { AccountRecord } from '../../src/store/account-record.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { HOOK_SETTINGS, hookDestination } from '../../src/sync/hook-subscription.ts'
import { keepHooks } from '../../src/sync/keep-hooks.ts'
import { type TestAccount, testAccount, testRecord } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const URL = 'https://segments.example'

let test: TestRedis
let account: TestAccount
let accounts: AccountStore
let destination: string

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  accounts = new AccountStore(test.redis, account.keys, new SecretBox([randomBytes(32)]))
  await accounts.write(testRecord(account.context.id))
  destination = await hookDestination(accounts, URL, account.context.id)
})
afterAll(() => test.close())

const keep = (url: string | null = URL, part: Partial<AccountRecord> = {}) =>
  keepHooks({ ...account.context, record: { ...account.context.record, ...part } }, accounts, url)
const stands = (part: Partial<AmoWebhook> = {}) =>
  void account.api.subscriptions.push({ destination, settings: HOOK_SETTINGS, disabled: false, ...part })
const hooks = async () => (await accounts.read(account.context.id))?.hooks
/** The claim of the last check runs out. */
const later = () => account.context.notes.release('hooks-checked')

describe('the webhook of an account', () => {
  it('that stands is left, for one request', async () => {
    stands()
    await keep()
    expect(account.api.count()).toBe(1)
    expect(account.api.count('webhooks')).toBe(1)
  })

  it('is looked at now and then, not with every sweep', async () => {
    stands()
    await keep()
    await keep()
    expect(account.api.count()).toBe(1)
    await later()
    await keep()
    expect(account.api.count()).toBe(2)
  })

  it('that was removed is subscribed again', async () => {
    stands({ destination: 'https://somebody.example' })
    await keep()
    expect(account.api.subscriptions).toContainEqual(expect.objectContaining({ destination, disabled: false }))
    expect(account.api.subscriptions).toHaveLength(2)
  })

  it.each(['enables', 'leaves it off'])('that is switched off works again, where posting it again %s', async (how) => {
    stands({ disabled: true })
    account.api.subscribe = async (to, settings) => {
      const known = account.api.subscriptions.findIndex((hook) => hook.destination === to)
      const disabled = known >= 0 && how !== 'enables'
      if (known >= 0) account.api.subscriptions.splice(known, 1)
      account.api.subscriptions.push({ destination: to, settings, disabled })
    }
    await keep()
    expect(account.api.subscriptions).toMatchObject([{ destination, disabled: false }])
  })

  it('from which somebody took events gets them back', async () => {
    stands({ settings: HOOK_SETTINGS.slice(1) })
    await keep()
    expect(account.api.subscriptions.at(-1)?.settings).toEqual(expect.arrayContaining([...HOOK_SETTINGS]))
  })

  it('is written down: it may have become possible', async () => {
    await accounts.patch(account.context.id, { hooks: 'unavailable' })
    await keep(URL, { hooks: 'unavailable' })
    expect(await hooks()).toBe('subscribed')
  })

  it.each<AmoErrorCode>(['payment_required', 'forbidden'])(
    'is written down as impossible upon %s, which is no trouble',
    async (code) => {
      account.api.failNext('webhooks', code)
      await keep()
      expect(await hooks()).toBe('unavailable')
    },
  )

  it('is not asked for without a public address, nor while the account is being connected', async () => {
    await keep(null)
    await keep(URL, { installedAt: account.clock.now - 9 * 60_000 })
    expect(account.api.count()).toBe(0)
    await keep(URL, { installedAt: account.clock.now - 11 * 60_000 })
    expect(account.api.count('webhooks', 'subscribe')).toBe(2)
  })
})

describe('a replaced secret', () => {
  const destinations = () => account.api.subscriptions.map((webhook) => webhook.destination)
  const taken = async (address: string) => accounts.bySecret(address.split('/').at(-1) ?? '')

  it('is told to amoCRM at the next look, and the former webhook is taken away', async () => {
    stands()
    stands({ destination: 'https://somebody.example/hooks/x' })
    await keep()
    await accounts.rotateHookSecret(account.context.id)
    await later()
    await keep()
    const fresh = await hookDestination(accounts, URL, account.context.id)
    expect(destinations()).toEqual(['https://somebody.example/hooks/x', fresh])
    expect([await taken(destination), await taken(fresh)]).toEqual([account.context.id, account.context.id])
    expect(await accounts.hasFormerHookSecrets(account.context.id)).toBe(false)
  })

  it('is told even while the account is being connected', async () => {
    stands()
    await accounts.rotateHookSecret(account.context.id)
    await keep(URL, { installedAt: account.clock.now })
    expect(destinations()).toEqual([await hookDestination(accounts, URL, account.context.id)])
  })

  it('is taken as long as amoCRM could not be told, and the next sweep tries again', async () => {
    stands()
    await accounts.rotateHookSecret(account.context.id)
    account.api.failNext('subscribe', 'unavailable')
    await expect(keep()).rejects.toMatchObject({ code: 'unavailable' })
    expect(destinations()).toEqual([destination])
    expect(await accounts.hasFormerHookSecrets(account.context.id)).toBe(true)
    await keep()
    expect(destinations()).toEqual([await hookDestination(accounts, URL, account.context.id)])
  })

  it('is left in amoCRM where it does not let go of it: the sweep goes on', async () => {
    stands()
    await accounts.rotateHookSecret(account.context.id)
    account.api.failNext('unsubscribe', 'refused')
    await keep()
    expect(destinations()).toHaveLength(2)
    expect(await hooks()).toBe('subscribed')
  })
})
