import { Command, InvalidArgumentError } from 'commander'

export interface DemoOptions {
  /** Purchase log to run on in place of a generated base. */
  readonly data?: string
  readonly clients: number
  readonly seed: number
  /** Milliseconds every API answer takes. */
  readonly latency: number
  /** Requests a second. */
  readonly rate: number
  /** End the service without a word in the middle of the backfill. */
  readonly kill: boolean
  /** Leave everything running for a look around. */
  readonly keep: boolean
}

/** Reads the command line; prints the help and ends the process where that is asked for. */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  return new Command('demo')
    .description(
      'Installs the service into an imitation of amoCRM on this machine, plays a sales day with it, and recomputes ' +
        'every client in the end. Exits with 1 on any difference.',
    )
    .option('--data <file>', 'purchases from a CSV, plain or .gz, in place of generated clients')
    .option('--clients <n>', 'clients to generate (2000; with --data none)', whole(0))
    .option('--seed <n>', 'another base for another seed', whole(0), 1)
    .option('--latency <ms>', 'time every answer of the API takes', whole(0), 150)
    .option('--rate <n>', 'requests a second the API allows', whole(1, 50), 7)
    .option('--kill', 'end the service by SIGKILL in the middle of the backfill and start it again', false)
    .option('--keep', 'leave everything running in the end and print the addresses', false)
    .parse(argv)
    .opts<DemoOptions>()
}

function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number from ${least}${most < 1e9 ? ` to ${most}` : ''}.`)
  }
}
