import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'

/** What axe finds on a page that is serious or worse, as `rule: places`. */
export const seriousFaults = async (page: Page | Frame): Promise<string[]> => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}
