import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClosingStack } from '../../src/closing-stack.ts'
import { type DemoOptions, readDemoOptions } from './demo-options.ts'
import { openStage, type Stage } from './open-stage.ts'
import { bold, red } from './paint.ts'
import { runDemo } from './run-demo.ts'

const CLOSING_LIMIT_MS = 40_000
const INTERRUPTED = 130

const SOURCES = {
  url: 'the Redis of REDIS_URL',
  server: 'a redis-server of its own',
  embedded: 'js-redis-server, in memory',
} as const

const closing = new ClosingStack()
const options = readDemoOptions(process.argv)
let isInterrupted = false
const interrupted = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // Whoever is impatient presses twice.
      process.once(signal, () => process.exit(INTERRUPTED))
      console.log('\nClosing …')
      isInterrupted = true
      resolve(INTERRUPTED)
    })
  }
})

process.exitCode = await Promise.race([interrupted, run(options)])
await closing.close(CLOSING_LIMIT_MS)
process.exit()

/** The exit code. */
async function run(wanted: DemoOptions): Promise<number> {
  let stage: Stage | null = null
  try {
    stage = await openStage(wanted, closing)
    tellStage(stage)
    const isRight = await runDemo(stage, wanted, closing)
    if (!isRight) await saveLog(stage)
    if (wanted.keep) return await lookAround(stage)
    return isRight ? 0 : 1
  } catch (error) {
    // What is closed under its feet has nothing to report.
    if (isInterrupted) return INTERRUPTED
    console.error(`\n${red('✗')} ${error instanceof Error ? error.message : String(error)}`)
    if (stage !== null) await saveLog(stage)
    return 1
  }
}

function tellStage({ sandbox, redis, service }: Stage): void {
  const { world, url } = sandbox
  const base = `${world.contacts.size} contacts, ${world.companies.size} companies, ${world.leads.size} deals`
  console.log(`  amoCRM sandbox  ${url}  ${base}`)
  console.log(`  service         ${service.url}`)
  console.log(`  Redis           ${redis.url}  ${SOURCES[redis.source]}`)
}

/** The folder of the run is removed; what the service said is kept when it matters. */
async function saveLog({ service }: Stage): Promise<void> {
  const file = join(tmpdir(), `amo-segments-demo-${process.pid}.log`)
  await copyFile(service.logFile, file).catch(() => undefined)
  console.log(`The service's log: ${file}`)
}

function lookAround({ sandbox, redis, service, cast, adminToken }: Stage): Promise<number> {
  const card = sandbox.stage.address({ area: 'lcard', id: cast.thirdBuyer.dealId })
  console.log(`\n${bold('Everything goes on running; Ctrl-C ends it.')}`)
  console.log(`  widget    ${card}`)
  console.log(`  web app   ${service.url}/app/  operator's token: ${adminToken}`)
  console.log(`  service   ${service.url}/  log: ${service.logFile}`)
  console.log(`  sandbox   ${sandbox.url}/_sandbox/world  ${sandbox.url}/_sandbox/stats`)
  console.log(
    `  act       curl -X POST ${sandbox.url}/_sandbox/actions/winDeal -H 'content-type: application/json' -d '{"dealId": 1}'`,
  )
  console.log(`  Redis     ${redis.url}  keys under ${redis.keys.root}:`)
  return interrupted
}
