import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 30, seed: 4 } })
})
afterAll(() => stage.close())

/** As somebody stops the work of the account, or lets it go on, elsewhere. */
const send = (page: Page, tail: 'pause' | 'resume') =>
  page.evaluate(
    async ([path = '']) => {
      const authorization = `Bearer ${sessionStorage.getItem('amo-segments.ops')}`
      await fetch(path, { method: 'POST', headers: { authorization } })
    },
    [`/api/v1/accounts/${stage.trial.accountId}/${tail}`],
  )

const readAgain = async (page: Page) => {
  await page.getByRole('button', { name: 'Перечитать базу' }).click()
  const dialog = page.getByRole('dialog', { name: 'Перечитать базу' })
  await dialog.getByRole('button', { name: 'Перечитать' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

describe('a run', () => {
  it('is begun, followed by its events and told when it is done', async () => {
    const page = await stage.asOperator('/runs')
    await page.getByRole('article', { name: 'Первое чтение базы' }).getByText('готово').waitFor()
    const followed = page.waitForRequest(/\/runs\/resync-\d+\/events$/)
    await readAgain(page)
    expect((await (await followed).allHeaders()).authorization).toMatch(/^Bearer /)
    await page.getByRole('article', { name: 'Перечитывание базы' }).getByText('готово').waitFor()
  })

  it('that waits is called off, and never begins', async () => {
    const page = await stage.asOperator('/runs')
    await page.getByRole('article').first().waitFor()
    await send(page, 'pause')
    await readAgain(page)
    const run = page.getByRole('region', { name: 'Идут сейчас' }).getByRole('article')
    await run.getByText('в очереди').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await run.getByRole('button', { name: 'Остановить' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Остановить' }).click()
    await run.getByText('останавливается').waitFor()
    await send(page, 'resume')
    await page.getByRole('article').first().getByText('остановлено').waitFor()
    expect(stage.complaints).toEqual([])
  })
})
