import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { buildApp } from '../src/app.ts'
import type { ClosingStack } from '../src/closing-stack.ts'
import { parseConfig } from '../src/config.ts'
import { createLogger } from '../src/logger.ts'
import { nowSeconds } from '../src/sync/account-context.ts'
import { openBrowser } from '../test/e2e/support/open-browser.ts'
import { BENCH_ACCOUNT, madeUpBase } from './made-up-base.ts'
import { fillMirror } from './mirror/fill-mirror.ts'
import { transitionsOf } from './mirror/made-up-moves.ts'
import { offlineAccount } from './mirror/offline-account.ts'
import { openBenchRedis } from './support/bench-redis.ts'
import { median, showFigures } from './support/figures.ts'
import { inFolder } from './support/in-folder.ts'

const CLIENTS = 100_000
const DEALS = 3
const ROUNDS = 5
const ADMIN_TOKEN = 'operator-token-of-a-benchmark'

/** The empty page a tab begins with has no storage. */
const SIGN_IN = `if (location.protocol === 'http:') sessionStorage.setItem('amo-segments.ops', '${ADMIN_TOKEN}')`

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** How long people wait for the pages of a large base, in a browser: a tab of its own each time, nothing remembered. */
export const benchOverview = () =>
  inFolder(async (folder, closing) => {
    const webRoot = join(folder, 'web')
    await promisify(execFile)(process.execPath, [
      join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      join(ROOT, 'web'),
      '--outDir',
      webRoot,
    ])
    const redis = await openBenchRedis(folder, closing)
    const encryptionKey = randomBytes(32)
    const context = await offlineAccount(redis.client, encryptionKey)
    await fillMirror(context, madeUpBase(CLIENTS, { deals: DEALS, now: nowSeconds(context) }))
    await transitionsOf(redis.client, context, CLIENTS)
    const url = await serve({ redisUrl: redis.url, encryptionKey, webRoot }, closing)
    const browser = await openBrowser()
    closing.push('browser', () => browser.close())

    const timed = async (path: string, isThere: (page: Page) => Promise<unknown>): Promise<number> => {
      const tab = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' })
      await tab.addInitScript({ content: SIGN_IN })
      const page = await tab.newPage()
      const begin = performance.now()
      await page.goto(`${url}/app/accounts/${BENCH_ACCOUNT.id}${path}`, { waitUntil: 'commit' })
      await isThere(page)
      const took = (performance.now() - begin) / 1000
      await tab.close()
      return took
    }
    const rows = (name: string) => (page: Page) =>
      page.getByRole('table', { name }).locator('tbody tr').first().waitFor()
    const first = await timed('/overview', rows('Active client base'))
    const figures = [
      { name: 'overview with every figure, the first of all', value: first, unit: 's' },
      await again('overview: segments seen, links work', () => timed('/overview', rows('Lifecycle'))),
      await again('overview with every figure', () => timed('/overview', rows('Active client base'))),
      await again('list of all clients by what they bought for', () => timed('/clients', rows('Clients'))),
    ]
    showFigures(`overview: ${CLIENTS} clients, ${DEALS} deals each, in Chromium, median of ${ROUNDS}`, figures)
  })

const again = async (name: string, work: () => Promise<number>) => {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) times.push(await work())
  return { name, value: median(times), unit: 's', target: { atMost: 1.5 } }
}

interface Served {
  readonly redisUrl: string
  readonly encryptionKey: Buffer
  readonly webRoot: string
}

/** The web part alone, in this process: nothing is read from amoCRM. */
const serve = async ({ redisUrl, encryptionKey, webRoot }: Served, closing: ClosingStack): Promise<string> => {
  const config = parseConfig({
    ...{
      NODE_ENV: 'test',
      PORT: '0',
      REDIS_URL: redisUrl,
      ENCRYPTION_KEY: encryptionKey.toString('base64'),
      ADMIN_TOKEN,
    },
    ...{ PUBLIC_URL: 'https://segments.example.com', AMOCRM_CLIENT_ID: 'none', AMOCRM_CLIENT_SECRET: 'none' },
  })
  const app = await buildApp(config, { part: 'web', logger: createLogger('silent'), webRoot })
  closing.push('service', async () => void (await app.close()))
  const address = await app.start()
  if (address === null) throw new Error('the service does not listen')
  return address
}
