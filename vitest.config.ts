import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { findChromium } from './test/e2e/support/find-chromium.ts'

const BROWSER_TESTS = 'test/e2e/**/*.test.ts'

const common = { testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks' } as const

const browser = findChromium()
if (browser === null) console.warn(`No Chromium on PATH nor in CHROMIUM_PATH: ${BROWSER_TESTS} are left out.`)

const browserTests = {
  test: {
    ...common,
    name: 'e2e',
    include: [BROWSER_TESTS],
    globalSetup: ['test/e2e/support/build-web.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-redis.ts'],
    // Tests wait for Redis and for clocks more than they reckon: more of them than there are processors.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { test: { ...common, name: 'service', include: ['test/**/*.test.ts'], exclude: [BROWSER_TESTS] } },
      ...(browser === null ? [] : [browserTests]),
    ],
  },
})
