import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { installService } from '../../../sandbox/demo/install-service.ts'
import { openStage, type Stage } from '../../../sandbox/demo/open-stage.ts'
import { ClosingStack } from '../../../src/closing-stack.ts'
import { openBrowser } from '../support/open-browser.ts'
import { takeApp } from './app-shots.ts'
import { type Shot, widgetShots } from './widget-shots.ts'

const OUT = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
const CLOSING_LIMIT_MS = 40_000
const DEMO = { clients: 400, seed: 1, latency: 0, rate: 50, kill: false, keep: true } as const

const closing = new ClosingStack()
try {
  await takeAll()
} finally {
  await closing.close(CLOSING_LIMIT_MS)
}
process.exit()

/** Takes the pictures of the documentation from the running program. */
async function takeAll(): Promise<void> {
  const stage = await openStage(DEMO, closing)
  await installService(stage, { kill: false })
  const browser = await openBrowser()
  closing.push('browser', () => browser.close())
  await mkdir(OUT, { recursive: true })
  const manager = stage.sandbox.world.users.find(({ isAdmin }) => !isAdmin)?.id ?? 0
  for (const shot of widgetShots(stage.cast, manager)) await take(browser, stage, shot)
  await takeApp(browser, stage, OUT)
}

async function take(browser: Browser, { sandbox }: Stage, shot: Shot): Promise<void> {
  const { name, place, width, height, ready, act } = shot
  const page = await browser.newPage({
    viewport: { width, height },
    locale: place.lang ?? 'ru',
    reducedMotion: 'reduce',
  })
  await page.goto(sandbox.stage.address(place))
  await page.locator(ready).first().waitFor()
  await act?.(page)
  await page.screenshot({ path: `${OUT}${name}.png` })
  await page.close()
  console.log(`docs/images/${name}.png`)
}
