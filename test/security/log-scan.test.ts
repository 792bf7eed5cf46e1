import { afterEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/create-sandbox.ts'
import { hookDestination } from '../../src/sync/hook-subscription.ts'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { busyDay } from '../integration/support/busy-day.ts'
import { eventually } from '../integration/support/eventually.ts'
import { install } from '../integration/support/install.ts'
import { LIMIT_MS, PATIENT } from '../integration/support/patient.ts'
import { startTrial, type Trial } from '../integration/support/start-trial.ts'
import { memoryLog } from './support/memory-log.ts'

const ADMIN_TOKEN = 'operator-token-7f3a91c5d2'
const FORGED_CODE = `def502${'0a1b2c3d'.repeat(20)}`

let trial: Trial
afterEach(() => trial.close())

/** Everything about people that the account holds. */
const personalData = ({ world }: Sandbox): Set<string> => {
  const cards = [...world.contacts.all, ...world.companies.all, ...world.leads.all]
  const names = cards.map(({ name }) => name)
  const values = cards.flatMap(({ fields }) => fields ?? []).flatMap((field) => field.values.map(({ value }) => value))
  const texts = values.filter((value): value is string => typeof value === 'string')
  const people = world.users.flatMap(({ name, email }) => [name, email])
  return new Set([...names, ...texts, ...people].filter((text) => text.length > 5))
}

/** Opens a session, asks and changes things as people do, and asks for what is refused. */
const useTheApi = async (secrets: Set<string>): Promise<void> => {
  const { url, accountId, sandbox, world } = trial
  const call = async (path: string, headers: Record<string, string>, method = 'GET', body?: unknown) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const init = { method, headers: { ...headers, ...json }, ...(body !== undefined && { body: JSON.stringify(body) }) }
    return fetch(`${url}/api/v1${path}`, init)
  }
  const oneTime = sandbox.disposableToken()
  const opened = (await (await call('/session', { 'x-auth-token': oneTime }, 'POST')).json()) as { token: string }
  secrets.add(oneTime).add(opened.token)
  const session = { authorization: `Bearer ${opened.token}` }
  const account = `/accounts/${accountId}`
  const { policy, version } = (await (await call(`${account}/policy`, session)).json()) as {
    policy: { actions: unknown[] }
    version: number
  }
  const contact = world.contacts.all[0]?.id
  for (const path of [
    '',
    '/sync',
    '/runs',
    `/clients/contact/${contact}`,
    '/segments',
    '/clients?dimension=lifecycle&segment=new',
  ])
    await call(`${account}${path}`, session)
  const note = { id: 'note', type: 'note', text: '{client}: {reason}' }
  const tell = { id: 'tell', type: 'webhook', url: 'http://127.0.0.1:1/secret-path-of-the-receiver' }
  for (const one of [note, tell]) {
    const actions = [...policy.actions, { dimension: 'lifecycle', to: ['one_time'], actions: [one] }]
    await call(`${account}/policy`, session, 'PUT', { policy: { ...policy, actions }, base: version })
  }
  const { secret } = (await (await call(`${account}/signing-secret`, session)).json()) as { secret: string }
  secrets.add(secret)
  await call(`${account}/hook-secret/rotate`, session, 'POST')
  await call('/accounts', { authorization: `Bearer ${ADMIN_TOKEN}` })
  await call('/accounts', { authorization: `Bearer ${oneTime}` })
  await call('/accounts', { 'x-auth-token': oneTime })
}

/** Requests that fail on the way: an address, a body or an answer may slip into the account of it. */
const failOnTheWay = async (): Promise<void> => {
  const { url, sandbox, world, staff } = trial
  const host = `${world.account.subdomain}.amocrm.ru`
  const integration = `client_id=${sandbox.integration.clientId}`
  await fetch(`${url}/oauth/callback?code=${FORGED_CODE}&referer=${host}&${integration}&from_widget=1`)
  await fetch(`${url}/hooks/made-up-hook-secret?phone=%2B79990001122`, { method: 'POST', body: 'a=1' })
  const client = world.contacts.all[0]
  let failures = 0
  sandbox.faults.onRequest = ({ method }) => {
    if (method === 'GET' || failures++ > 5) return undefined
    return { status: 400, body: { title: 'Bad', detail: `Contact ${client?.name} is locked`, name: client?.name } }
  }
  busyDay(world, staff, { seed: 12, count: 30 })
  await trial.settling.settled(LIMIT_MS)
  sandbox.faults.onRequest = () => undefined
}

describe('the log of a whole run, down to traces', PATIENT, () => {
  it('holds no token, secret, code or key, and nothing of people', async () => {
    const { lines, logger } = memoryLog()
    trial = await startTrial({
      ...{ sandbox: { clients: 60, seed: 21 }, app: { logger }, environment: { ADMIN_TOKEN } },
    })
    const { sandbox, world, staff, accountId, environment } = trial
    const personal = personalData(sandbox)
    await install(trial)
    const secrets = new Set([ADMIN_TOKEN, sandbox.integration.clientSecret, environment.ENCRYPTION_KEY, FORGED_CODE])
    const noteTokens = async () => {
      const pair = await trial.vault.readTokens(accountId)
      for (const token of [pair?.accessToken, pair?.refreshToken]) if (token) secrets.add(token)
      const destination = await hookDestination(trial.accounts, trial.url, accountId)
      secrets.add(destination.slice(destination.lastIndexOf('/') + 1))
    }
    await noteTokens()
    busyDay(world, staff, { seed: 3, count: 120 })
    await trial.settling.settled(LIMIT_MS)
    await useTheApi(secrets)
    await eventually(async () => !(await trial.accounts.hasFormerHookSecrets(accountId)))
    await noteTokens()
    // A refresh, and the whole program anew.
    const before = await trial.vault.readTokens(accountId)
    sandbox.revokeToken(before?.accessToken ?? '')
    await trial.queues.add(accountId, [sweepJob()])
    await eventually(async () => (await trial.vault.readTokens(accountId))?.accessToken !== before?.accessToken)
    await failOnTheWay()
    await trial.restart()
    await trial.settling.settled(LIMIT_MS)
    await noteTokens()
    for (const text of personalData(sandbox)) personal.add(text)

    const log = lines.join('')
    expect(secrets.size).toBeGreaterThan(10)
    expect(personal.size).toBeGreaterThan(150)
    expect(lines.length).toBeGreaterThan(200)
    expect([...secrets].filter((secret) => log.includes(secret))).toEqual([])
    expect([...personal].filter((text) => log.includes(text))).toEqual([])
    expect(log).not.toMatch(/\/hooks\/(?!\[redacted\]|:secret)/)
    expect(log).not.toMatch(/\+7\d{10}|[\w.]+@(?:mail|post|inbox)\.example/)
    // Nobody's words: what the program says is English, what people say here is not.
    expect(lines.filter((line) => /[а-яё]/i.test(line))).toEqual([])
  })
})
