import { parseArgs } from 'node:util'

export interface ChaosOptions {
  /** How long people and faults are at it, once the base is read; s. */
  readonly seconds: number
  readonly clients: number
  readonly seed: number
  /** Requests a second that the account is allowed. */
  readonly rate: number
}

const HELP = `Runs the service in several processes against a sandbox amoCRM in which everything fails: answers, webhooks,
workers, Redis. In the end every client is recomputed and compared. Exits with 1 upon any difference.

  --seconds N   how long the storm lasts once the base is read (60)
  --clients N   clients in the account (2000)
  --seed N      another storm for another seed (the present second)
  --rate N      requests a second the account is allowed, 1 to 50 (40)
`

/** Null: only the help was asked for, and is shown. */
export function chaosOptions(args: readonly string[]): ChaosOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '60' },
      clients: { type: 'string', default: '2000' },
      seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
      rate: { type: 'string', default: '40' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    return null
  }
  return {
    seconds: numberOf('seconds', values.seconds),
    clients: numberOf('clients', values.clients),
    seed: numberOf('seed', values.seed),
    rate: numberOf('rate', values.rate),
  }
}

function numberOf(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} must be a whole number`)
  return Number(text)
}
