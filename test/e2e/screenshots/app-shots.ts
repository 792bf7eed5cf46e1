import type { Browser, Page } from 'playwright-core'
import type { Stage } from '../../../sandbox/demo/open-stage.ts'
import { LOST, WON } from '../../../src/segmentation/facts.ts'

const SIZES = [
  { suffix: '', lang: 'ru', viewport: { width: 1440, height: 960 } },
  { suffix: '-360', lang: 'en', viewport: { width: 360, height: 780 } },
] as const

const SALES = 30
const SETTLED_MS = 3_000
const DRAWN_MS = 700

/** Every page of the web app, on a desk in Russian and on a telephone in English. */
export async function takeApp(browser: Browser, stage: Stage, out: string): Promise<void> {
  const { sandbox, service, adminToken, cast } = stage
  await sellSome(stage)
  const root = `${service.url}/app/accounts/${sandbox.world.account.id}`
  const pages = {
    overview: '/overview',
    clients: '/clients',
    client: `/clients/${cast.thirdBuyer.ref.kind}/${cast.thirdBuyer.ref.id}`,
    movement: '/movement',
    policy: '/policy',
    runs: '/runs',
    setup: '/setup',
  }
  for (const { suffix, lang, viewport } of SIZES) {
    const context = await browser.newContext({ viewport, locale: lang, reducedMotion: 'reduce' })
    await context.addInitScript((token) => {
      if (location.protocol === 'http:') sessionStorage.setItem('amo-segments.ops', token)
    }, adminToken)
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage()
      await page.goto(`${root}${path}?lang=${lang}`)
      await drawn(page)
      await page.screenshot({ path: `${out}app-${name}${suffix}.png` })
      await page.close()
      console.log(`docs/images/app-${name}${suffix}.png`)
    }
    await context.close()
  }
}

/** So that something has moved. */
async function sellSome({ sandbox: { world } }: Stage): Promise<void> {
  const open = world.leads.all.filter(({ statusId }) => statusId !== WON && statusId !== LOST).slice(0, SALES)
  for (const { id } of open) world.actions.winDeal({ dealId: id })
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
}

async function drawn(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(DRAWN_MS)
}
