import type { Page } from 'playwright-core'

const MOST_STOPS = 150

/** What a screen reader would call the focused element. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document
    if (element === null) return ''
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim()
  })

/** Goes from stop to stop with Tab until something of this name has the focus. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab')
    if ((await focusedName(page)).startsWith(name)) return
  }
  throw new Error(`nothing called "${name}" is reached by Tab`)
}

/** Goes down the options of the focused list until the one of this name is chosen. */
export const choose = async (page: Page, option: string): Promise<void> => {
  const chosen = () =>
    page.evaluate(() => {
      const { activeElement: list } = document
      return list instanceof HTMLSelectElement ? (list.selectedOptions[0]?.textContent ?? '') : null
    })
  for (let steps = 0; steps < MOST_STOPS; steps++) {
    if ((await chosen()) === option) return
    await page.keyboard.press(steps === 0 ? 'Home' : 'ArrowDown')
  }
  throw new Error(`"${option}" is not among the options`)
}
