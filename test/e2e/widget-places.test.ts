import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './support/serious-faults.ts'
import { chipsOf, WidgetVisits } from './support/widget-visit.ts'

let visits: WidgetVisits
beforeAll(async () => {
  visits = await WidgetVisits.open()
})
afterAll(() => visits.stage.close())

const NOT_INSTALLED = 31_000_002

const contact = () => ({ area: 'ccard', id: visits.cast.sleeper.ref.id }) as const

describe('when something is wrong, the widget says so in a sentence', () => {
  it('the service is down; and goes on when it is back', async () => {
    const { page, panel } = await visits.at({ area: 'ccard', id: 0 })
    const api = `${visits.stage.trial.url}/api/**`
    await page.route(api, (route) => route.abort())
    await page.goto(visits.stage.trial.sandbox.stage.address(contact()))
    await panel.getByText('Сервис сегментов сейчас не отвечает.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.unroute(api)
    await panel.getByRole('button', { name: 'Повторить' }).click()
    expect(await chipsOf({ page, panel })).toEqual(['Спящий', 'Тёплый'])
  })

  it.each([
    ['expired', 'ru', 'amoCRM передала устаревший ключ доступа. Обновите страницу.'],
    ['expired', 'en', 'The CRM sent an access key that is out of date. Reload the page.'],
    ['foreign', 'ru', 'Сервис не принял ключ этого аккаунта.'],
  ] as const)('the token is %s (%s)', async (token, lang, sentence) => {
    const { panel } = await visits.at({ ...contact(), token, lang })
    await panel.getByText(sentence).waitFor()
  })

  it('the service is not installed in the account', async () => {
    const { panel } = await visits.at({ area: 'ccard', id: 7, account: NOT_INSTALLED })
    await panel.getByText('Сервис ещё не подключён к этому аккаунту.').waitFor()
  })

  it('but a token that came late once is only asked for again', async () => {
    const { sandbox } = visits.stage.trial
    const visit = await visits.at({ area: 'ccard', id: 0 })
    let late = true
    await visit.page.route('**/_sandbox/stage/token*', (route) => {
      if (!late) return route.continue()
      late = false
      return route.fulfill({ json: { token: sandbox.disposableToken({ claims: { exp: 1 } }) } })
    })
    await visit.page.goto(sandbox.stage.address(contact()))
    expect(await chipsOf(visit)).toEqual(['Спящий', 'Тёплый'])
    expect(late).toBe(false)
  })
})

describe('the widget in its other places', () => {
  it('tells in the settings how the connection is', async () => {
    const { page } = await visits.at({ area: 'settings' })
    await page.getByText('Сервис подключён, сегменты обновляются сами.').waitFor()
    await page.getByText(/^Клиентов с сегментом: \d+$/).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const stranger = await visits.at({ area: 'settings', account: NOT_INSTALLED, lang: 'en' })
    await stranger.page.getByText('The service is not connected to this account yet.').waitFor()
  })

  it('shows the web app in the advanced settings, with a session and in the language of the page', async () => {
    const { page } = await visits.at({ area: 'advanced_settings', lang: 'en' })
    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await frame.getByRole('link', { name: 'Clients', exact: true }).click()
    await frame.getByRole('heading', { level: 1, name: 'Clients' }).waitFor()
  })

  it('says instead of the web app why there is none', async () => {
    const { page } = await visits.at({ area: 'advanced_settings', account: NOT_INSTALLED })
    await page.getByText('Сервис ещё не подключён к этому аккаунту.').waitFor()
  })

  it('has the ticked cards of a list read again', async () => {
    const { page } = await visits.at({ area: 'llist' })
    for (const row of [0, 1]) await page.getByRole('checkbox').nth(row).check()
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/cards/recompute') && answer.status() === 202)
    await page.getByRole('button', { name: 'Сегменты клиентов' }).click()
    expect(await (await asked).json()).toEqual({ queued: 2 })
    await page.getByText('Клиенты выбранных карточек пересчитываются.').waitFor()
  })

  it('tells a salesperson that a list is for administrators', async () => {
    const { page } = await visits.at({ area: 'clist', user: visits.manager })
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Сегменты клиентов' }).click()
    await page.getByText('Это может делать только администратор аккаунта.').waitFor()
  })

  it('is an action of the Digital Pipeline, whose calls the service takes', async () => {
    const { page } = await visits.at({ area: 'digital_pipeline' })
    await page.getByLabel('Действие', { exact: true }).selectOption({ label: 'Выполнить действия сегмента' })
    await page.getByLabel('Сегмент', { exact: true }).selectOption({ label: 'Спящий' })
    expect(await page.locator('input[name=segment]').inputValue()).toBe('lifecycle:sleeping')
    expect(await page.locator('input[name=mode]').inputValue()).toBe('act')
    expect(await page.locator('input[name=key]').inputValue()).toMatch(/^[\w-]{43}$/)
    await page.getByRole('button', { name: 'Перевести сделку на этап' }).click()
    await page.getByText('Сервис ответил: 204').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })

  it('gives the key of the pipeline to administrators alone', async () => {
    const { page } = await visits.at({ area: 'digital_pipeline', user: visits.manager })
    await page.getByText('Сохранить действие сможет только администратор').waitFor()
    expect(await page.locator('input[name=key]').inputValue()).toBe('')
    await page.getByRole('button', { name: 'Перевести сделку на этап' }).click()
    await page.getByText('Сервис ответил: 403').waitFor()
  })
})
