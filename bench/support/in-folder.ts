import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClosingStack } from '../../src/closing-stack.ts'

const CLOSING_LIMIT_MS = 40_000

/** Runs a benchmark in a folder of its own; whatever it opened is closed again, also when it fails or is interrupted. */
export async function inFolder(run: (folder: string, closing: ClosingStack) => Promise<void>): Promise<void> {
  const closing = new ClosingStack()
  const folder = await mkdtemp(join(tmpdir(), 'amo-segments-bench-'))
  closing.push('temporary files', () => rm(folder, { recursive: true, force: true }))
  const interrupted = () => void closing.close(CLOSING_LIMIT_MS).finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
  try {
    await run(folder, closing)
  } finally {
    await closing.close(CLOSING_LIMIT_MS)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted)
  }
}
