import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SandboxOptions } from '../../sandbox/options.ts'
import type { ClosingStack } from '../../src/closing-stack.ts'
import { AccountNotes } from '../../src/store/account-notes.ts'
import { Keys } from '../../src/store/keys.ts'
import { type BackfillState, readBackfill } from '../../src/sync/backfill-state.ts'
import type { PlatformCalls } from '../platform/sandbox-process.ts'
import { type BenchRedis, openBenchRedis } from './bench-redis.ts'
import { compileProduct } from './compiled-product.ts'
import { type ProductProcess, startProduct } from './product-process.ts'
import { type Remote, startChild } from './remote.ts'

/** A platform, a Redis and the product, each a process of its own. */
export interface Stage {
  readonly platform: Remote<PlatformCalls>
  readonly accountIds: readonly number[]
  readonly redis: BenchRedis
  readonly product: ProductProcess
}

const POLL_MS = 100

export async function openStage(folder: string, closing: ClosingStack, options: SandboxOptions): Promise<Stage> {
  const main = await compileProduct(closing)
  const redis = await openBenchRedis(folder, closing)
  const child = startChild<PlatformCalls>(import.meta.resolve('../platform/sandbox-process.ts'))
  closing.push('platform', () => child.close())
  const platform = child.calls
  const { url, clientId, clientSecret, accountIds } = await platform.open(options)
  const product = await startProduct({
    ...{ main, part: 'serve', folder, redisUrl: redis.url, encryptionKey: randomBytes(32) },
    ...{ clientId, clientSecret, apiOrigin: url },
  })
  closing.push('product', () => product.close())
  await platform.productAt(product.url)
  return { platform, accountIds, redis, product }
}

/** Waits until an account's backfill that began at `since` (ms) or later is done; throws after `limitMs`. */
export async function backfilled(
  { redis }: Pick<Stage, 'redis'>,
  accountId: number,
  since: number,
  limitMs: number,
): Promise<BackfillState> {
  const notes = new AccountNotes(redis.client, new Keys(), accountId)
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    const state = await readBackfill(notes)
    if (state?.phase === 'done' && state.startedAt >= since) return state
    await delay(POLL_MS)
  }
  const state = await readBackfill(notes)
  throw new Error(`the backfill did not end within ${limitMs / 1000} s: ${JSON.stringify(state)}`)
}
