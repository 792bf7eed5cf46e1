import { describe, expect, it } from 'vitest'
import type { Touch } from '../../src/amocrm/hook-touch.ts'
import { Intake } from '../../src/sync/intake.ts'
import type { JobSpec } from '../../src/sync/job-catalog.ts'
import { deferred } from '../support/deferred.ts'

const lead = (id: number): Touch => ({ entity: 'lead', id, incoming: false })

interface RoundTrip {
  readonly accountId: number
  readonly entities: readonly unknown[]
}

function office(store: () => Promise<void> = async () => {}) {
  const roundTrips: RoundTrip[] = []
  const add = (accountId: number, jobs: readonly JobSpec[]) => {
    roundTrips.push({ accountId, entities: jobs.map(({ data }) => 'id' in data && data.id) })
    return store()
  }
  return { intake: new Intake({ add }), roundTrips }
}

describe('the intake', () => {
  it('stores what comes in one turn by one round trip, each account apart', async () => {
    const { intake, roundTrips } = office()
    await Promise.all([intake.accept(5, [lead(1), lead(2)]), intake.accept(6, [lead(3)]), intake.accept(5, [lead(4)])])
    expect(roundTrips).toEqual([
      { accountId: 5, entities: [1, 2, 4] },
      { accountId: 6, entities: [3] },
    ])
  })

  it('does not let later hooks wait for earlier ones', async () => {
    const first = deferred<void>()
    const answers = [first.promise, Promise.resolve()]
    const { intake, roundTrips } = office(() => answers.shift() ?? Promise.resolve())
    const stuck = intake.accept(5, [lead(1)])
    await new Promise((resolve) => setImmediate(resolve))
    await intake.accept(5, [lead(2)])
    expect(roundTrips).toHaveLength(2)
    first.resolve()
    await stuck
  })

  it('rejects for every hook whose looks Redis did not take, and takes the next', async () => {
    let isAway = true
    const { intake } = office(async () => {
      if (isAway) throw new Error('Connection is closed.')
    })
    const refused = await Promise.allSettled([intake.accept(5, [lead(1)]), intake.accept(5, [lead(2)])])
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    isAway = false
    await expect(intake.accept(5, [lead(3)])).resolves.toBeUndefined()
  })
})
