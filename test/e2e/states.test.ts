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

describe.concurrent('a base in which there is nobody yet', () => {
  let empty: Stage
  beforeAll(async () => {
    empty = await Stage.open({ sandbox: { clients: 0 } })
  })
  afterAll(() => empty.close())

  it.for([
    ['/overview', ['Клиентов пока нет', 'В ближайшие 30 дней никто не уснёт', 'За неделю никто не сменил сегмент']],
    ['/clients', ['Клиентов пока нет']],
    ['/clients?search=Иван', ['Никого не нашлось']],
    ['/clients/contact/1', ['Такого клиента сервис не знает']],
    ['/movement', ['За этот период никто не переходил', 'Покупок за этот период нет', 'Открытых сделок нет']],
    ['/policy/purchases', ['Ни одна сделка базы не считается покупкой.']],
    ['/policy/actions', ['Действий пока нет']],
    ['/setup', ['Подписка на события работает']],
  ] as const)('%s says so', async ([path, sentences], { expect }) => {
    const page = await empty.asOperator(path, { size: 'narrow' })
    for (const sentence of sentences) await page.getByText(sentence).first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.close()
  })

  it('/runs says so before anything was ever done', async ({ expect }) => {
    const page = await empty.asOperator('/overview')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.route('**/runs', (route) => route.fulfill({ json: { runs: [] } }))
    await page.getByRole('link', { name: 'Работы' }).click()
    await page.getByText('Здесь пока пусто').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })
})
