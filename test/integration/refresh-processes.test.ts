import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { PATIENT } from './support/patient.ts'
import type { RefreshOrder, RefreshReport } from './support/refreshing-process.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

const FILE = fileURLToPath(import.meta.resolve('./support/refreshing-process.ts'))
const PROCESSES = 3
const CALLS = 34

let trial: Trial
let children: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(children.map(end))
  children = []
  await trial.close()
})

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill()
  await exit
}

/** Processes of their own, each ready to begin at a word. */
const startProcesses = async (): Promise<void> => {
  const execArgv = ['--import', import.meta.resolve('tsx')]
  children = Array.from({ length: PROCESSES }, () => fork(FILE, { execArgv }))
  await Promise.all(children.map((child) => once(child, 'message')))
}

const orderOf = ({ sandbox, world, accountId, keys, environment }: Trial): RefreshOrder => ({
  accountId,
  host: `${world.account.subdomain}.amocrm.ru`,
  apiOrigin: sandbox.url,
  redisUrl: environment.REDIS_URL,
  keyRoot: keys.root,
  encryptionKey: environment.ENCRYPTION_KEY,
  oauth: sandbox.integration,
  calls: CALLS,
})

const carryOut = async (child: ChildProcess, order: RefreshOrder): Promise<RefreshReport> => {
  const report = once(child, 'message')
  child.send(order)
  const [answer] = (await report) as [RefreshReport]
  return answer
}

describe('a hundred callers in three processes', PATIENT, () => {
  it.each([
    ['whose token has run out', 1],
    ['whose token is refused', null],
  ])('%s use the refresh token once', async (_, expiresAt) => {
    trial = await startTrial({ sandbox: { requestsPerSecond: 10_000 } })
    const { sandbox, accountId, vault } = trial
    const issued = sandbox.tokens()
    if (expiresAt === null) sandbox.revokeToken(issued.access_token)
    await vault.writeTokens(accountId, {
      ...{ accessToken: issued.access_token, refreshToken: issued.refresh_token, expiresAt },
    })
    const shown: unknown[] = []
    sandbox.faults.onRequest = ({ path, body }) => {
      if (path === '/oauth2/access_token') shown.push((body as { refresh_token: string }).refresh_token)
      return undefined
    }
    await startProcesses()
    const reports = await Promise.all(children.map((child) => carryOut(child, orderOf(trial))))
    expect(reports.flatMap(({ failures }) => failures)).toEqual([])
    expect(reports.reduce((sum, { served }) => sum + served, 0)).toBe(PROCESSES * CALLS)
    expect(shown).toEqual([issued.refresh_token])
    const stored = await vault.readTokens(accountId)
    expect(stored?.refreshToken).not.toBe(issued.refresh_token)
    expect(sandbox.stats.count({ path: '/api/v4/account', status: 200 })).toBe(PROCESSES * CALLS)
  })
})
