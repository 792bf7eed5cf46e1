import { type CompiledPolicy, compilePolicy } from '../src/segmentation/compile-policy.ts'
import { decide } from '../src/segmentation/decide.ts'
import { defaultPolicy } from '../src/segmentation/default-policy.ts'
import type { ClientFacts } from '../src/segmentation/facts.ts'
import { policySchema } from '../src/segmentation/policy.ts'
import { PRESET_NAMES } from '../src/segmentation/presets.ts'
import { BENCH_ACCOUNT, BENCH_NOW, madeUpBase } from './made-up-base.ts'
import { type Figure, median, showFigures } from './support/figures.ts'
import { TWENTY_RULES } from './twenty-rules.ts'

const CLIENTS = 100_000
const ROUNDS = 7
const PLAIN = 300_000
const WITH_RULES = 100_000

/** Clients per second of CPU, which others on the machine don't distort; reasons included. */
export const benchDecide = (): void => {
  const clients = madeUpBase(CLIENTS)
  const deals = clients.reduce((sum, client) => sum + client.deals.length, 0)
  const presets = PRESET_NAMES.map((preset) => {
    const policy = compilePolicy(defaultPolicy(BENCH_ACCOUNT, preset), BENCH_ACCOUNT)
    return figure(`preset ${preset}`, clients, policy, PLAIN)
  })
  const ruled = policySchema.parse({ ...defaultPolicy(BENCH_ACCOUNT), rules: TWENTY_RULES })
  const rules = figure('20 custom rules', clients, compilePolicy(ruled, BENCH_ACCOUNT), WITH_RULES)
  const title = `decide: ${CLIENTS} clients, ${(deals / CLIENTS).toFixed(1)} deals each, median of ${ROUNDS} rounds`
  showFigures(title, [...presets, rules])
}

function figure(name: string, clients: readonly ClientFacts[], policy: CompiledPolicy, atLeast: number): Figure {
  const rates = Array.from({ length: ROUNDS }, () => {
    const begin = process.cpuUsage()
    for (const client of clients) decide(client, policy, BENCH_NOW)
    const { user, system } = process.cpuUsage(begin)
    return clients.length / ((user + system) / 1e6)
  })
  return { name, value: median(rates), unit: 'clients/s', target: { atLeast } }
}
