import { afterEach, describe, expect, it } from 'vitest'
import { tagsOf } from '../../sandbox/demo/facts-of-world.ts'
import { DAY, pastOf } from './support/change.ts'
import { expectAllRight } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

const START = Date.UTC(2031, 4, 12, 9) / 1000

let trial: Trial
let now: number
let sleeper: { id: number; dealId: number }
let regular: number

/** Two clients whose answers change by time alone, one hundred seconds after the start. */
const started = async (): Promise<void> => {
  now = START
  const clock = () => now * 1000
  trial = await startTrial({
    sandbox: { now: clock },
    app: { clock },
    prepare: ({ world }) => {
      const { contact, open } = pastOf(world)
      const bought = (contactId: number, at: number) =>
        world.actions.createDeal({ contactId, price: 900, statusId: 142, closedAt: at, createdAt: at, updatedAt: at })
      const id = contact()
      bought(id, START + 100 - 90 * DAY)
      sleeper = { id, dealId: open(id) }
      regular = contact()
      bought(regular, START + 100 - 365 * DAY)
      bought(regular, START - 50 * DAY)
      bought(regular, START - 10 * DAY)
    },
  })
  await install(trial)
  await expectAllRight(trial)
}
afterEach(() => trial.close())

const tags = (entity: 'contacts' | 'leads', id: number): string => {
  const card = trial.world[entity].get(id)
  return card ? tagsOf(trial.world, entity, card).sort().join(', ') : 'gone'
}
const standing = () => ({
  sleeper: tags('contacts', sleeper.id),
  deal: tags('leads', sleeper.dealId),
  regular: tags('contacts', regular),
})

const BEFORE = { sleeper: 'Горячий, Разовый', deal: 'Горячий, Разовый', regular: 'Горячий, Постоянный' }
const AFTER = { sleeper: 'Спящий, Тёплый', deal: 'Спящий, Тёплый', regular: 'Горячий, Периодический' }

describe('time alone', PATIENT, () => {
  it('changes a segment at its very second, not one before', async () => {
    await started()
    expect(standing()).toEqual(BEFORE)

    now = START + 99
    // Something happens to each, so that they certainly are decided at this instant.
    for (const id of [sleeper.id, regular]) trial.staff.rename({ entityType: 'contacts', id, name: 'Иначе' })
    await expectAllRight(trial)
    expect(standing()).toEqual(BEFORE)

    now = START + 100
    await trial.watch.until(
      () => standing().sleeper === AFTER.sleeper && standing().regular === AFTER.regular,
      LIMIT_MS,
    )
    await expectAllRight(trial)
    expect(standing()).toEqual(AFTER)
  })

  it('is made up for after the service was away', async () => {
    await started()
    await trial.stop()
    now = START + 5_000
    await trial.restart()
    await trial.watch.until(() => standing().regular === AFTER.regular, LIMIT_MS)
    await expectAllRight(trial)
    expect(standing()).toEqual(AFTER)
  })
})
