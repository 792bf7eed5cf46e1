import { afterEach, describe, expect, it } from 'vitest'
import { hookDestination } from '../../src/sync/hook-subscription.ts'
import { busyDay } from '../integration/support/busy-day.ts'
import { eventually } from '../integration/support/eventually.ts'
import { install } from '../integration/support/install.ts'
import { LIMIT_MS, PATIENT } from '../integration/support/patient.ts'
import { startTrial, type Trial } from '../integration/support/start-trial.ts'
import { snapshot } from '../support/snapshot.ts'

let trial: Trial
afterEach(() => trial.close())

/** All that stands in Redis, as text. */
const stored = async (): Promise<string> => snapshot(trial.redis, await trial.redis.keys(`*${trial.keys.root}*`))

/** Texts in the cards of clients that look like what is searched for. */
const valuesLike = (pattern: RegExp): string[] =>
  [...trial.world.contacts.all, ...trial.world.companies.all]
    .flatMap(({ fields }) => fields ?? [])
    .flatMap(({ values }) => values.map(({ value }) => String(value)))
    .filter((value) => pattern.test(value))

describe('what is stored of an account', PATIENT, () => {
  it('holds no phone, no e-mail, no name of a deal, and every secret only as it cannot be read', async () => {
    trial = await startTrial({ sandbox: { clients: 60, seed: 31 } })
    await install(trial)
    busyDay(trial.world, trial.staff, { seed: 5, count: 80 })
    await trial.settling.settled(LIMIT_MS)
    const pair = await trial.vault.readTokens(trial.accountId)
    const destination = await hookDestination(trial.accounts, trial.url, trial.accountId)
    const secrets = [
      ...[pair?.accessToken ?? '', pair?.refreshToken ?? '', destination.slice(destination.lastIndexOf('/') + 1)],
      ...[await trial.accounts.signingSecret(trial.accountId), trial.sandbox.integration.clientSecret],
    ]
    const [phones, mails] = [valuesLike(/^\+79\d{9}$/), valuesLike(/@/)]
    const deals = trial.world.leads.all.map(({ name }) => name).filter((name) => name.length > 6)
    for (const all of [secrets, phones, mails, deals]) expect(all.length).toBeGreaterThan(4)

    const everything = await stored()
    const found = [...secrets, ...phones, ...mails, ...deals].filter((text) => everything.includes(text))
    expect(found).toEqual([])
  })

  it('forgets a client who is deleted in amoCRM: his name is nowhere any more', async () => {
    trial = await startTrial({ sandbox: { clients: 20, seed: 32 } })
    const name = 'Аполлинария Вездесущая'
    const id = trial.staff.createContact({ name, phone: '+79990001122' })
    trial.staff.createDeal({ contactId: id, price: 5_000 })
    await install(trial)
    await trial.settling.settled(LIMIT_MS)
    expect(await stored()).toContain(name)

    trial.staff.remove({ entityType: 'contacts', id })
    await eventually(async () => !(await stored()).includes(name))
  })
})
