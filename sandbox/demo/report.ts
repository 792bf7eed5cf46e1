import { type SegmentNames, segmentNames } from '../../src/segmentation/labels.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import type { RequestRecord, Stats } from '../stats.ts'
import { type FinalState, type SegmentCounts, SHOWN_SEGMENTS } from './check-final-state.ts'
import { summarize } from './latencies.ts'
import { bold, dim, green, red, yellow } from './paint.ts'
import type { Played } from './play-sales-day.ts'
import { textTable } from './text-table.ts'
import type { Difference } from './world-judge.ts'

const WHAT_WIDTH = 58

/** One line for a step of the day, and one for each deal that changed with its client. */
export function printPlayed({ what, tookMs, changes, outcome }: Played): void {
  const [first, ...more] = changes
  const marks = {
    landed: green('✓'),
    quiet: green('✓'),
    late: red('✗'),
    disturbed: red('✗'),
  } as const
  const said = { landed: first?.tags ?? dim('nothing to change'), quiet: dim('left alone'), late: red('not in time') }
  const told = outcome === 'disturbed' ? red(`touched: ${first?.tags ?? '?'}`) : said[outcome]
  const time = tookMs === null ? '' : dim(`${Math.round(tookMs)} ms`)
  console.log(`  ${marks[outcome]} ${what.padEnd(WHAT_WIDTH)} ${time.padStart(8)}  ${told}`)
  for (const { card, tags } of outcome === 'landed' ? more : []) {
    console.log(`    ${''.padEnd(WHAT_WIDTH)} ${''.padStart(8)}  ${dim(`${card}: ${tags}`)}`)
  }
}

/** `kept` are the service's own figures, beside what was counted here. */
export function printSegments(policy: Policy, counts: SegmentCounts, kept: SegmentCounts): void {
  const names: SegmentNames = segmentNames(policy)
  const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...names }
  const rows = SHOWN_SEGMENTS.map(({ dimension, segment }) => {
    const key = `${dimension}:${segment}`
    return [dimension, labels[dimension]?.[segment] ?? segment, counts.get(key) ?? 0, kept.get(key) ?? 0]
  })
  print('Segments', textTable(['dimension', 'segment', 'clients', 'by the service'], rows))
}

export function printTraffic(stats: Stats): void {
  const kinds = Object.entries(stats.counts()).sort(([, one], [, other]) => other - one)
  const rows = kinds.map(([kind, count]) => [kind, count])
  const total = stats.requests.length
  print(`API requests: ${total}`, textTable(['request', 'count'], rows))
  const refused = stats.requests.filter(({ status }: RequestRecord) => status === 429).length
  console.log(`\n  Most in any sliding second: ${stats.maxInAnySlidingSecond()}; refused with 429: ${refused}`)
  console.log(`  Webhooks: ${stats.hooksDelivered} taken, ${stats.hooksFailed} failed`)
}

/** `asleep` is apart: nothing told of it but the clock, which is looked at every two seconds. */
export function printLatencies(day: readonly Played[], asleep: Played): void {
  const of = (played: readonly Played[]): number[] => played.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs]))
  const row = (name: string, played: readonly Played[]): (string | number)[] => {
    const { count, p50, p95, max } = summarize(of(played))
    return [name, count, Math.round(p50), Math.round(p95), Math.round(max)]
  }
  const head = ['from … to the last tag, ms', 'times', 'p50', 'p95', 'max']
  print('Latency', textTable(head, [row('an event', day), row('the second of falling asleep', [asleep])]))
}

const MOST_SHOWN = 40

export function printFinalState({ clients, frozen, openDeals, closedDeals, differences }: FinalState): void {
  const checked = `${clients} clients (${frozen} frozen), ${openDeals} open and ${closedDeals} closed deals`
  if (differences.length === 0) {
    console.log(`\n${green('✓')} ${bold('Every client stands as recomputed:')} ${checked}.`)
    return
  }
  console.log(`\n${red('✗')} ${bold(`${differences.length} differences`)} among ${checked}:`)
  for (const difference of differences.slice(0, MOST_SHOWN)) console.log(`  ${sentence(difference)}`)
  if (differences.length > MOST_SHOWN) console.log(`  … and ${differences.length - MOST_SHOWN} more`)
}

function sentence({ entity, id, client, rule, expected, found }: Difference): string {
  return `${entity}/${id} of ${client.kind} ${client.id}, ${yellow(rule)}: should be [${expected}], is [${found}]`
}

function print(title: string, lines: readonly string[]): void {
  console.log(`\n${bold(title)}\n${lines.join('\n')}`)
}
