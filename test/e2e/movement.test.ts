import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 150, seed: 3 } })
})
afterAll(() => stage.close())

const TITLES = {
  ru: ['Переходы между сегментами', 'Выручка по сегментам', 'Воронка и застрявшие сделки'],
  en: ['Moves between segments', 'Revenue by segment', 'Funnel and stuck deals'],
} as const

describe('the page of movement', () => {
  it('shows who went where, the revenue, the funnel and the sources', async () => {
    const page = await stage.asOperator('/movement?period=365')
    const matrix = page.getByRole('table', { name: 'Переходы между сегментами' })
    await matrix.waitFor()
    // Everybody was met for the first time when the base was read.
    const first = matrix.getByRole('row', { name: /^Впервые в базе/ }).getByRole('cell')
    const counted = await stage.trial.redis.xlen(stage.trial.keys.of(stage.trial.accountId, 'transitions'))
    expect(await first.last().textContent()).toBe(String(counted))
    await page.getByRole('img', { name: 'Выручка по сегментам' }).locator('canvas').waitFor()
    await page.getByText('Показать таблицей').click()
    await page.getByRole('table', { name: 'Выручка по сегментам' }).getByRole('cell').first().waitFor()
    await page.getByRole('table', { name: 'Продажи', exact: true }).waitFor()
    await page.getByRole('table', { name: 'Источники: конверсия и выручка' }).getByText('yandex').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(stage.complaints).toEqual([])
  })

  it('links stuck deals into amoCRM, and takes another limit for stuck', async () => {
    const page = await stage.asOperator('/movement')
    const table = page.getByRole('table', { name: 'Застрявшие сделки' })
    const { host } = (await stage.trial.accounts.read(stage.trial.accountId)) ?? { host: '' }
    expect(await table.getByRole('link').first().getAttribute('href')).toMatch(
      new RegExp(`^https://${host}/leads/detail/\\d+$`),
    )
    const rows = Number(await table.getAttribute('aria-rowcount'))
    await page.getByLabel('Застряла, если стоит').selectOption('60')
    await page.getByText('до 60 дней').first().waitFor()
    const long = page.getByRole('table', { name: 'Застрявшие сделки' })
    expect((await long.count()) === 0 ? 0 : Number(await long.getAttribute('aria-rowcount'))).toBeLessThan(rows)
  })

  it('keeps its filter in the address, and can be driven by keyboard alone', async () => {
    const page = await stage.asOperator('/movement')
    await page.getByLabel('Период', { exact: true }).focus()
    await page.keyboard.press('Home')
    await page.waitForURL(/period=7/)
    await page.getByLabel('Воронка', { exact: true }).selectOption({ label: 'Повторные продажи' })
    await page.waitForURL(/pipeline=\d+/)
    await page.getByRole('table', { name: 'Продажи', exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('table', { name: 'Повторные продажи' }).waitFor()
    await page.getByRole('radio', { name: 'Клиенты' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('radio', { name: 'Деньги' }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Сбросить' }).click()
    await page.getByRole('table', { name: 'Продажи', exact: true }).waitFor()
  })

  it('says so where there is nothing, and where the service fails', async () => {
    const page = await stage.asOperator('/movement?period=2020-01-01.2020-01-31')
    await page.getByText('Покупок за этот период нет').waitFor()
    await page.getByText('За этот период никто не переходил').waitFor()
    await page.route('**/funnel?**', (route) => route.fulfill({ status: 422, json: { detail: 'Not today.' } }))
    await page.getByLabel('Застряла, если стоит').selectOption('30')
    await page.getByText('Not today.').waitFor()
    await page.unroute('**/funnel?**')
    await page.getByRole('button', { name: 'Повторить' }).click()
    await page.getByRole('table', { name: 'Продажи', exact: true }).waitFor()
  })

  it.each(['ru', 'en'] as const)('is fine on a telephone in %s', async (lang) => {
    const page = await stage.asOperator('/movement', { size: 'narrow', lang })
    for (const name of TITLES[lang]) await page.getByRole('heading', { name }).waitFor()
    await page.getByRole('table').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(await seriousFaults(page)).toEqual([])
  })

  it('is for salespeople too', async () => {
    const user = stage.trial.world.users.find(({ isAdmin }) => !isAdmin)
    const { frame } = await stage.asUser(user?.id ?? 0, '/movement')
    await frame.getByRole('link', { name: 'Движение' }).click()
    await frame.getByRole('table', { name: 'Переходы между сегментами' }).waitFor()
  })
})
