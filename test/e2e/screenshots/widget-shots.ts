import type { Page } from 'playwright-core'
import type { Cast } from '../../../sandbox/demo/cast.ts'
import type { StagePlace } from '../../../sandbox/stage/widget-stage.ts'

/** One picture of the documentation. */
export interface Shot {
  readonly name: string
  readonly place: StagePlace
  readonly width: 1440 | 360
  readonly height: number
  /** What stands on the page when it is ready. */
  readonly ready: string
  /** What is done before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>
}

const DESK = { width: 1440 } as const
const PHONE = { width: 360 } as const
const CHIP = '.amo-segments__chip'

/** The widget wherever people meet it. */
export const widgetShots = (cast: Cast, manager: number): readonly Shot[] => {
  const deal = { area: 'lcard', id: cast.thirdBuyer.dealId } as const
  const contact = { area: 'ccard', id: cast.sleeper.ref.id } as const
  return [
    { ...DESK, name: 'widget-deal', place: deal, height: 760, ready: CHIP, act: unfold },
    { ...PHONE, name: 'widget-contact-360', place: { ...contact, user: manager }, height: 860, ready: CHIP },
    { ...DESK, name: 'widget-lock', place: { ...contact, lang: 'en' }, height: 760, ready: CHIP, act: openForm },
    { ...DESK, name: 'widget-client', place: deal, height: 900, ready: CHIP, act: openClient },
    { ...DESK, name: 'widget-new-card', place: { area: 'lcard', id: 0 }, height: 400, ready: '.amo-segments__note' },
    {
      ...DESK,
      ...{
        name: 'widget-expired',
        place: { ...deal, token: 'expired' },
        height: 400,
        ready: '.amo-segments__note_bad',
      },
    },
    { ...DESK, name: 'widget-settings', place: { area: 'settings' }, height: 720, ready: '.amo-segments__state_good' },
    {
      ...DESK,
      name: 'widget-advanced',
      place: { area: 'advanced_settings' },
      height: 900,
      ready: 'iframe',
      act: inFrame,
    },
    {
      ...DESK,
      ...{ name: 'widget-pipeline', place: { area: 'digital_pipeline' }, height: 620, ready: '#amo-segments-mode' },
      act: chooseAct,
    },
    { ...DESK, name: 'widget-list', place: { area: 'llist' }, height: 520, ready: 'tbody', act: tickAndAct },
  ]
}

const unfold = (page: Page): Promise<void> => page.locator('.amo-segments__more summary').click()

const openForm = async (page: Page): Promise<void> => {
  await page.locator('[data-act=lock]').click()
  await page.locator('.amo-segments__form').waitFor()
}

const openClient = async (page: Page): Promise<void> => {
  await page.locator('[data-act=open]').click()
  await inFrame(page)
}

/** The web app draws a heading first, and what it reads after it. */
const inFrame = async (page: Page): Promise<void> => {
  const app = page.frameLocator('iframe')
  await app.getByRole('heading', { level: 1 }).waitFor()
  await app.locator('canvas, svg[role=img], .chart').first().waitFor()
  await app.locator('.skeleton').first().waitFor({ state: 'detached' })
  // Charts grow into their place.
  await page.waitForTimeout(1_500)
}

const chooseAct = async (page: Page): Promise<void> => {
  await page.locator('#amo-segments-mode').selectOption('act')
  await page.locator('#amo-segments-segment').selectOption('lifecycle:sleeping')
}

const tickAndAct = async (page: Page): Promise<void> => {
  for (const row of [1, 3]) await page.getByRole('checkbox').nth(row).check()
  await page.locator('.list__act').click()
  await page.locator('.toast').waitFor()
}
