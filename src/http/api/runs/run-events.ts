import { setTimeout as delay } from 'node:timers/promises'
import { hasEnded, type RunView } from '../../../sync/queries/run-view.ts'
import { shownRun } from './run-schemas.ts'

/** How late a change may be told, ms. */
const LOOK_EVERY_MS = 500

/** Proxies end a connection on which nothing is said for long. */
const LOOKS_OF_SILENCE = 30

/** A listener asks anew after this; ms. */
const LONGEST_MS = 10 * 60_000

/** A run as server-sent events: `progress` whenever it got further, at last `end`. */
export async function* runEvents(
  look: () => Promise<RunView | null>,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const until = performance.now() + LONGEST_MS
  let told = ''
  for (let silent = 0; !signal.aborted && performance.now() < until; silent++) {
    const view = await look()
    if (view === null) return
    const data = JSON.stringify(shownRun(view))
    if (hasEnded(view)) {
      yield `event: end\ndata: ${data}\n\n`
      return
    }
    if (data !== told) yield `event: progress\ndata: ${data}\n\n`
    else if (silent >= LOOKS_OF_SILENCE) yield ': still there\n\n'
    if (data !== told || silent >= LOOKS_OF_SILENCE) silent = 0
    told = data
    await delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {})
  }
}
