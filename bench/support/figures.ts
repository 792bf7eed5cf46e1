import { cpus, loadavg } from 'node:os'

/** What a figure is held against. */
export type Target = { readonly atLeast: number } | { readonly atMost: number }

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** None: told for comparison only. */
  readonly target?: Target
}

/** Prints figures in a table, each beside its target and its ratio to it. */
export function showFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title} (${machine()})`)
  const width = Math.max(...figures.map(({ name }) => name.length))
  for (const { name, value, unit, target } of figures) {
    const shown = `${format(value)} ${unit}`.trimEnd().padStart(18)
    console.log(`  ${name.padEnd(width)}  ${shown}${target ? `   ${comparison(value, target)}` : ''}`)
  }
}

function comparison(value: number, target: Target): string {
  const isLeast = 'atLeast' in target
  const bound = isLeast ? target.atLeast : target.atMost
  const isMet = isLeast ? value >= bound : value <= bound
  const ratio = bound === 0 ? '' : `, ratio ${(value / bound).toFixed(2)}`
  return `${isMet ? 'met   ' : 'MISSED'} ${isLeast ? '≥' : '≤'} ${format(bound)}${ratio}`
}

function format(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

/** Figures of a machine that others work on say little without its load. */
export function machine(): string {
  const [load = 0] = loadavg()
  return `${cpus().length} cores, Node ${process.versions.node}, load ${load.toFixed(1)}, ${new Date().toISOString()}`
}

/** The value that `share` of the values do not exceed (nearest rank); 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
