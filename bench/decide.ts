import { compilePolicy } from '../src/segmentation/compile-policy.ts'
import { decide } from '../src/segmentation/decide.ts'
import { defaultPolicy } from '../src/segmentation/default-policy.ts'
import { PRESET_NAMES } from '../src/segmentation/presets.ts'
import { BENCH_ACCOUNT, BENCH_NOW, madeUpBase } from './made-up-base.ts'

const CLIENTS = 100_000
const ROUNDS = 7

/** Clients per second on one core, reasons included: the best and the median of some rounds, for each preset. */
export const benchDecide = (): void => {
  const clients = madeUpBase(CLIENTS)
  const deals = clients.reduce((sum, client) => sum + client.deals.length, 0)
  console.log(`decide: ${CLIENTS} clients, ${(deals / CLIENTS).toFixed(1)} deals each, ${ROUNDS} rounds`)
  for (const preset of PRESET_NAMES) {
    const policy = compilePolicy(defaultPolicy(BENCH_ACCOUNT, preset), BENCH_ACCOUNT)
    const rates = Array.from({ length: ROUNDS }, () => {
      const begin = performance.now()
      for (const client of clients) decide(client, policy, BENCH_NOW)
      return CLIENTS / ((performance.now() - begin) / 1000)
    }).sort((one, other) => other - one)
    const shown = [rates[0], rates[ROUNDS >> 1]].map((rate) => Math.round(rate ?? 0).toLocaleString('en-US'))
    console.log(`  ${preset.padEnd(10)} best ${shown[0]}/s, median ${shown[1]}/s`)
  }
}
