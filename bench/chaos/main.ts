import { rm } from 'node:fs/promises'
import { ClosingStack } from '../../src/closing-stack.ts'
import { type ChaosOptions, chaosOptions } from './chaos-options.ts'
import { type ChaosReport, runChaos } from './run-chaos.ts'

const CLOSE_LIMIT_MS = 30_000
const SHOWN = 40

const options = chaosOptions(process.argv.slice(2))
if (options !== null) await run(options)

async function run(options: ChaosOptions): Promise<void> {
  const from = performance.now()
  const say = (text: string) => console.log(`${((performance.now() - from) / 1000).toFixed(0).padStart(4)} s  ${text}`)
  console.log(`Chaos, seed ${options.seed}: ${options.clients} clients, ${options.rate} requests/s`)
  const closing = new ClosingStack()
  let isRight = false
  try {
    const report = await runChaos(options, closing, say)
    show(report, say)
    isRight = report.findings.length === 0
    await closing.close(CLOSE_LIMIT_MS)
    // Logs are kept for those who have something to look for.
    if (isRight) await rm(report.folder, { recursive: true, force: true })
  } catch (error) {
    console.error(error)
    isRight = false
  } finally {
    await closing.close(CLOSE_LIMIT_MS)
  }
  if (!isRight) process.exitCode = 1
  console.log(`Seed ${options.seed}: ${isRight ? 'all is right' : 'FAILED'}`)
}

function show(report: ChaosReport, say: (text: string) => void): void {
  const { acts, clients, powerCuts, requests, hooksTaken, tasks, renewals, overtaken, findings, folder } = report
  say(`${acts} acts over ${clients} clients; ${powerCuts.workers} workers killed, Redis ${powerCuts.redis} times`)
  say(`${requests} requests, ${hooksTaken} hooks taken, ${tasks} tasks, tokens renewed ${renewals} times`)
  say([...report.weather].map(([name, count]) => `${name} ${count}`).join(', '))
  say(`${overtaken} cards closed, frozen or deleted in the middle of a write`)
  say(findings.length === 0 ? 'nothing is wrong' : `${findings.length} findings; logs in ${folder}`)
  for (const finding of findings.slice(0, SHOWN)) console.log(`      ${finding}`)
  if (findings.length > SHOWN) console.log(`      and ${findings.length - SHOWN} more`)
}
