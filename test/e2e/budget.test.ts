import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { Stage } from './support/stage.ts'
import { tableRows } from './support/table-rows.ts'

/** Bytes of script, compressed by gzip, that a first look may cost: charts included. */
const MOST_BYTES = 300 * 1024

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 20, seed: 5 } })
})
afterAll(() => stage.close())

it('shows the overview for less than 300 KB of script, and brings what other pages need only with them', async () => {
  const page = await stage.asOperator('/overview')
  await tableRows(page, 'Активная клиентская база')
  await page.locator('canvas').first().waitFor()
  const addresses = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const names = addresses.map((address) => new URL(address).pathname).filter((path) => path.endsWith('.js'))
  const files = names.map((path) => readFileSync(join(inject('webRoot'), path.replace('/app/', ''))))
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
  expect(names.length).toBeGreaterThan(3)
  expect(bytes).toBeLessThan(MOST_BYTES)
  expect(names.filter((name) => /policy-page|movement-page|setup-page/.test(name))).toEqual([])
})
