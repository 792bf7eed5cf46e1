import { afterEach, describe, expect, it } from 'vitest'
import { aftermath } from '../../bench/chaos/aftermath.ts'
import { chaosPolicy } from '../../bench/chaos/chaos-policy.ts'
import { letCrowdAct } from '../../bench/chaos/crowd.ts'
import { SegmentHistory } from '../../bench/chaos/segment-history.ts'
import { Weather } from '../../bench/chaos/weather.ts'
import { Random } from '../../sandbox/generate/random.ts'
import { type App, buildApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { install } from '../integration/support/install.ts'
import { startTrial, type Trial } from '../integration/support/start-trial.ts'

const SECONDS = 4
const ACTS_PER_SECOND = 40

let trial: Trial
let second: App
afterEach(async () => {
  await second.close()
  await trial.close()
})

/** One more process' worth of workers over the same Redis. */
const startSecond = async (): Promise<void> => {
  const logger = createLogger('silent')
  second = await buildApp(parseConfig(trial.environment), { part: 'worker', keyRoot: trial.keys.root, logger })
  await second.start()
}

describe('two processes in a storm', () => {
  it.each([2])(
    'of bad answers, lost webhooks and busy people end with every client right (seed %i)',
    async (seed) => {
      trial = await startTrial({ sandbox: { clients: 180, seed, accessTokenMs: 6_000, retrySchedule: [300, 600] } })
      const { world, records, judge, sandbox } = trial
      const policy = chaosPolicy(world)
      judge.use(policy)
      await trial.policies.save(trial.accountId, 0, policy, 'chaos')
      await startSecond()
      await install(trial)

      const history = new SegmentHistory(world, judge.policy)
      // No answer at all is noticed after twenty seconds only.
      const weather = new Weather(sandbox.faults, new Random(seed + 1), ['hang'])
      weather.storm()
      const acting = letCrowdAct({ world, records, history, random: new Random(seed + 2) }, SECONDS, ACTS_PER_SECOND)
      expect(await second.close()).toMatchObject({ type: 'closed', failures: [] })
      await startSecond()
      expect(await acting).toBe(SECONDS * ACTS_PER_SECOND)
      weather.calm()
      const { findings, clients } = await aftermath(trial, history, 30_000)
      expect(findings).toEqual([])
      expect(clients).toBeGreaterThan(150)
    },
    60_000,
  )
})
