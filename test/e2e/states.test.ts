import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { seriousFaults } from './support/serious-faults.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open({ sandbox: { clients: 20, seed: 5 } })
})
afterAll(() => stage.close())

const AWAY = { status: 503, code: 'storage_away', title: 'Storage away', detail: 'The storage is away.' }

/** Everything a page asks about the account, but for the account itself, without which there is no page. */
const asked = (page: Page) => {
  const root = `/api/v1/accounts/${stage.trial.accountId}/`
  const isAsked = ({ pathname }: URL) => pathname.startsWith(root) && pathname !== `${root}structure`
  return {
    answer: (handler: (route: Route) => Promise<void>) => page.route(isAsked, handler),
    letThrough: () => page.unroute(isAsked),
  }
}

/** A signed-in tab whose questions have no answer yet. */
const heldAt = async (path: string) => {
  const page = await stage.asOperator('/nowhere-yet')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const questions = asked(page)
  let fail = (): void => undefined
  const held = new Promise<void>((resolve) => {
    fail = resolve
  })
  await questions.answer(async (route) => {
    await held
    await route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(AWAY) })
  })
  await page.goto(stage.address(path))
  return { page, fail, letThrough: questions.letThrough }
}

const clientPath = () => `/clients/contact/${stage.trial.world.contacts.all[0]?.id}`

describe.concurrent('a page whose service is slow, away and back again', () => {
  it.for([
    ['Обзор', () => '/overview', (page: Page) => page.getByRole('table', { name: 'Температура базы' })],
    ['Клиенты', () => '/clients', (page: Page) => page.getByRole('table', { name: 'Клиенты' })],
    ['Контакт', clientPath, (page: Page) => page.getByRole('region', { name: 'Сегменты и почему' })],
    ['Движение', () => '/movement', (page: Page) => page.getByRole('table', { name: 'Переходы между сегментами' })],
    ['Правила', () => '/policy', (page: Page) => page.getByLabel('Бюджет не меньше')],
    ['Правила', () => '/policy/history', (page: Page) => page.getByText('Версия 1', { exact: true })],
    ['Работы', () => '/runs', (page: Page) => page.getByRole('article', { name: 'Первое чтение базы' })],
    ['Состояние', () => '/setup', (page: Page) => page.getByText('Подписка на события работает')],
  ] as const)(
    '%s: waits, says what is wrong, and is filled by another try',
    async ([title, path, content], { expect }) => {
      const { page, fail, letThrough } = await heldAt(path())
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.locator('.skeleton').first().waitFor()
      expect(await seriousFaults(page)).toEqual([])

      fail()
      await page.getByRole('alert').getByText('Сервис сейчас не достаёт до своего хранилища').first().waitFor()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(await seriousFaults(page)).toEqual([])

      await letThrough()
      const retries = page.getByRole('button', { name: 'Повторить' })
      const isFilled = async () => {
        await retries.evaluateAll((buttons) => {
          for (const button of buttons) if (button instanceof HTMLElement) button.click()
        })
        return (await retries.count()) === 0 && content(page).first().isVisible()
      }
      await expect.poll(isFilled, { timeout: 20_000 }).toBe(true)
      expect(await seriousFaults(page)).toEqual([])
      await page.close()
    },
  )
})
