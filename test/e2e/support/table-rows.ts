import type { Frame, Page } from 'playwright-core'

/** A table as its reader has it: the cells of each row by the text of the first. */
export const tableRows = async (page: Page | Frame, name: string): Promise<Record<string, string[]>> => {
  const rows = page.getByRole('table', { name }).locator('tbody tr')
  await rows.first().waitFor()
  const texts = await rows.evaluateAll((found) =>
    found.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim())),
  )
  return Object.fromEntries(texts.map(([first = '', ...rest]) => [first, rest]))
}
