import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 25

/** Waits until it holds; throws when it does not within the time. */
export async function eventually(holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`did not come about within ${limitMs} ms: ${holds}`)
    await delay(POLL_MS)
  }
}
