import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openRedis } from '../../src/redis-ladder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
  }
}

/** One Redis for the whole test run, found by the product's own ladder; its data goes with the run. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'amo-segments-test-'))
  const redis = await openRedis({
    redisUrl: process.env.REDIS_URL || null,
    production: false,
    dataDir,
    appendOnly: false,
  })
  project.provide('redisUrl', redis.url)
  return async () => {
    await redis.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
