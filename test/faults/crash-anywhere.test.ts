import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { Mortal } from './support/mortal.ts'
import { backfilled, type Plant, startPlant } from './support/plant.ts'
import { SCENARIOS, type Scenario } from './support/scenarios.ts'
import { standing, whole } from './support/standing.ts'
import { ALL_STEPS } from './support/steps.ts'

let test: TestRedis
beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

/** The account just before the process starts that is to be killed. */
const prepare = async ({ policy = {}, base, happens }: Scenario): Promise<Plant> => {
  const plant = await startPlant(test.redis, test.root, policy)
  plant.api.pageSize = 2
  if (base) {
    base(plant.world)
    await backfilled(plant)
    plant.forward(120)
  }
  await plant.add(...happens(plant.world, plant.api))
  return plant
}

/** Nothing is left to write, no deal is without owner, no intention is open. */
const expectRest = async (plant: Plant): Promise<void> => {
  const { context, api } = plant
  const written = api.updates.length
  await plant.settle({ sweep: true })
  expect(api.updates.slice(written)).toEqual([])
  expect(await context.mirror.loose(context.id)).toEqual([])
  expect(await context.intents.open(context.id, 100)).toEqual([])
}

/** What becomes of the job that the dead process had in hand. */
const AFTERWARDS = {
  'takes the job again': async (plant: Plant) => {
    plant.queue.giveBack()
    await plant.settle({ sweep: false })
    await plant.settle({ sweep: false })
  },
  'finds what is to be done, though every job is lost': async (plant: Plant) => {
    plant.queue.lose()
    await plant.settle({ sweep: true })
    await plant.settle({ sweep: true })
  },
} as const

const taken = new Set<string>()

describe.each(SCENARIOS)('$name', (scenario) => {
  let steps: string[]

  it('is made right by a process that lives', async () => {
    const plant = await prepare(scenario)
    const process = new Mortal()
    expect(await plant.work(process)).toBe('done')
    steps = process.taken
    for (const step of steps) taken.add(step)
    expect(standing(plant)).toEqual(whole(scenario.right))
    await expectRest(plant)
  })

  it.each(Object.entries(AFTERWARDS))('wherever a process is killed, the next one %s', async (_, afterwards) => {
    for (let lived = 0; lived < steps.length; lived++) {
      const where = `killed after ${lived} of ${steps.length} steps, before ${steps[lived]}`
      const plant = await prepare(scenario)
      expect(await plant.work(new Mortal(lived)), where).toBe('dead')
      await plant.outwait()
      await afterwards(plant)
      expect(standing(plant), where).toEqual(whole(scenario.right))
      await expectRest(plant)
    }
  })
})

describe('the scenarios together', () => {
  it('take every step there is', () => {
    expect(ALL_STEPS.filter((step) => !taken.has(step))).toEqual([])
  })
})
