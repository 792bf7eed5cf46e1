import { setTimeout as delay } from 'node:timers/promises'
import { LIMIT_MS } from './patient.ts'

const POLL_MS = 25

/** Waits until it holds; throws when it does not within the time. */
export async function eventually(holds: () => boolean | Promise<boolean>, limitMs = LIMIT_MS): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`did not come about within ${limitMs} ms: ${holds}`)
    await delay(POLL_MS)
  }
}
